package local

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/emptypb"
)

// stubborn is a command with a child in its group. Both say on SIGTERM that they got it; the
// command ends, unless it is told to stay.
func stubborn(folder, gate, ending string) string {
	return `
		(trap 'echo child >> ` + folder + `/told; exit' TERM; echo child ready; read x < ` + gate + `) &
		trap 'wait; echo leaving; echo parent >> ` + folder + `/told; ` + ending + `' TERM
		echo parent ready
		while true; do read x < ` + gate + `; done`
}

// run is a command that runs, and the ways to end it and to hear of it.
type run struct {
	cancel func()
	done   <-chan error
	engine *engine
}

// started runs the command and returns once it and its child are ready for signals.
func started(t *testing.T, command string) run {
	t.Helper()
	server, talking := serve(t)
	result := make(chan error, 1)
	go func() {
		_, err := create(server, t, values{"create": command})
		result <- err
	}()
	for range 2 {
		<-talking.lines
	}
	cancel := func() {
		_, err := server.Cancel(t.Context(), &emptypb.Empty{})
		check(t, err)
	}
	return run{cancel, result, talking}
}

func TestCancelEndsTheWholeGroupWithSIGTERMAndLetsItFinish(t *testing.T) {
	folder := t.TempDir()
	path, _ := gate(t)
	step := started(t, stubborn(folder, path, "exit 5"))

	step.cancel()
	err := <-step.done

	equal(t, "says so", strings.Contains(err.Error(), "cancelled"), true)
	equal(t, "exit code", strings.Contains(err.Error(), "exit code 5"), true)
	equal(t, "told", file(t, filepath.Join(folder, "told")), "child\nparent\n")
	equal(t, "last words", slices.Contains(step.engine.logged(), "leaving"), true)
}

func TestAGroupThatDoesNotListenIsKilledAfterItsGrace(t *testing.T) {
	defer func(before time.Duration) { terminateGrace = before }(terminateGrace)
	terminateGrace = 50 * time.Millisecond
	folder := t.TempDir()
	path, _ := gate(t)
	step := started(t, stubborn(folder, path, ":"))

	step.cancel()
	err := <-step.done

	equal(t, "says so", strings.Contains(err.Error(), "signal 9"), true)
	equal(t, "was asked first", file(t, filepath.Join(folder, "told")), "child\nparent\n")
}

func TestACommandCancelledBeforeItStartsDoesNotRun(t *testing.T) {
	server, _ := serve(t)
	_, err := server.Cancel(t.Context(), &emptypb.Empty{})
	check(t, err)

	_, err = create(server, t, values{"create": "true"})

	equal(t, "refused", err != nil, true)
}

func TestEndAllEndsWhatRunsAndWaitsForIt(t *testing.T) {
	defer func() { running = newGroup() }()
	folder := t.TempDir()
	path, _ := gate(t)
	step := started(t, stubborn(folder, path, "exit 5"))

	EndAll()

	equal(t, "told", file(t, filepath.Join(folder, "told")), "child\nparent\n")
	equal(t, "failed", (<-step.done) != nil, true)
}
