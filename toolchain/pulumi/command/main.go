// Command pulumi-resource-command is a Pulumi provider plugin that runs commands of this machine as
// resources, under the tokens and the version of the npm package @pulumi/command.
// ../../README.md says how it differs from the official plugin.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"iris-mirror/toolchain/pulumi/command/local"
)

// version equals that of the npm package @pulumi/command: the engine asks for exactly this one.
const version = "1.2.1"

func main() {
	provider, err := local.Provider()
	if err != nil {
		fail(err)
	}
	go endCommandsWithUs()
	if err := provider.Run(context.Background(), "command", version); err != nil {
		fail(err)
	}
}

// endCommandsWithUs ends the running commands when this plugin is told to go, or when the engine
// that started it has died: a step nobody waits for must not work beside the next run.
func endCommandsWithUs() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	select {
	case <-signals:
	case <-gone(os.Getppid()):
	}
	local.EndAll()
	os.Exit(1)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
