package main

import (
	"os/exec"
	"testing"
)

func TestAProcessThatEndsIsSeenToEndAndNotBefore(t *testing.T) {
	process := exec.Command("cat")
	input, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}

	ended := gone(process.Process.Pid)
	select {
	case <-ended:
		t.Error("seen to end while it runs")
	default:
	}
	_ = input.Close()

	<-ended
	_ = process.Wait()
}

func TestAProcessThatIsLongGoneIsSeenAtOnce(t *testing.T) {
	process := exec.Command("true")
	if err := process.Run(); err != nil {
		t.Fatal(err)
	}

	<-gone(process.Process.Pid)
}
