package local

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
)

// How long a cancelled command may take to end after SIGTERM before its group is killed. A step
// that is told to go ends its own children and lets go of what it holds.
var terminateGrace = 10 * time.Second

// group is everything that runs, so that it can be ended at once.
type group struct {
	context.Context
	end     context.CancelFunc
	members sync.WaitGroup
}

func newGroup() *group {
	ctx, end := context.WithCancel(context.Background())
	return &group{Context: ctx, end: end}
}

var running = newGroup()

// EndAll cancels every command that runs and returns when all are gone. None runs after it.
func EndAll() {
	running.end()
	running.members.Wait()
}

// execute runs one command to its end and streams its output to the engine's log.
func execute(
	ctx context.Context, command string, settings Settings, previous Results,
) (Results, error) {
	running.members.Add(1)
	defer running.members.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(running, cancel)()

	argv := settings.argv(command)
	process := exec.CommandContext(ctx, argv[0], argv[1:]...)
	process.Env = settings.environment(previous)
	if settings.Dir != nil {
		process.Dir = *settings.Dir
	}
	if settings.Stdin != nil && *settings.Stdin != "" {
		process.Stdin = strings.NewReader(*settings.Stdin)
	}
	stopGrace := endGroupOnCancel(process)

	hide := secretsOf(ctx)
	// What a cancelled command says while it ends is worth reading too.
	logger := p.GetLogger(context.WithoutCancel(ctx))
	log := func(line string) { logger.Info(hide(line)) }
	stdout := newStream(log, settings.Logging.logsStdout())
	stderr := newStream(log, settings.Logging.logsStderr())
	process.Stdout, process.Stderr = stdout, stderr

	err := process.Run()
	stopGrace()
	stdout.finish()
	stderr.finish()
	if err == nil {
		return Results{Stdout: stdout.withoutNewline(), Stderr: stderr.withoutNewline()}, nil
	}
	err = ended(process, err, hide(last(stdout, stderr)))
	if ctx.Err() != nil {
		err = fmt.Errorf("cancelled: %w", err)
	}
	return Results{}, err
}

// endGroupOnCancel gives the command a process group of its own. On cancel the group gets SIGTERM,
// and SIGKILL when it has not let go of its output in time. The function that is returned stops the
// clock: once the group is gone, its number may come to belong to somebody else.
func endGroupOnCancel(process *exec.Cmd) (stopGrace func()) {
	var grace *time.Timer
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	process.Cancel = func() error {
		group := -process.Process.Pid
		grace = time.AfterFunc(terminateGrace, func() { _ = syscall.Kill(group, syscall.SIGKILL) })
		return syscall.Kill(group, syscall.SIGTERM)
	}
	return func() {
		if grace != nil {
			grace.Stop()
		}
	}
}

// last is the end of what the command said. Standard output is quoted only where it may be logged:
// elsewhere it can hold secrets.
func last(stdout, stderr *stream) string {
	if said := stderr.tail(); said != "" || !stdout.logged {
		return said
	}
	return stdout.tail()
}

// ended says how the command ended, and what it said last.
func ended(process *exec.Cmd, err error, said string) error {
	if process.ProcessState == nil {
		return fmt.Errorf("the command could not be started: %w", err)
	}
	how := fmt.Sprintf("the command ended with exit code %d", process.ProcessState.ExitCode())
	if status, ok := process.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		how = fmt.Sprintf("the command was ended by signal %d (%s)", status.Signal(), status.Signal())
	}
	if said == "" {
		return errors.New(how + " and said nothing")
	}
	return fmt.Errorf("%s; it said last:\n%s", how, said)
}
