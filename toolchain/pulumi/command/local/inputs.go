package local

import (
	"fmt"
	"os"
	"sort"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Logging says which streams of a command go to the engine's log, line by line.
type Logging string

// The values of the npm package.
const (
	LogStdout          Logging = "stdout"
	LogStderr          Logging = "stderr"
	LogStdoutAndStderr Logging = "stdoutAndStderr"
	LogNone            Logging = "none"
)

func (logging *Logging) logsStdout() bool {
	return logging == nil || *logging == LogStdout || *logging == LogStdoutAndStderr
}

func (logging *Logging) logsStderr() bool {
	return logging == nil || *logging == LogStderr || *logging == LogStdoutAndStderr
}

// Settings is what the resource and the function have in common.
type Settings struct {
	// Interpreter is the program with its first arguments; the command is added as the last one.
	// Without it, /bin/sh -c.
	Interpreter *[]string `pulumi:"interpreter,optional"`
	// Dir is where the command runs. Without it, the folder of the Pulumi project.
	Dir *string `pulumi:"dir,optional"`
	// Environment is added to that of the engine.
	Environment *map[string]string `pulumi:"environment,optional"`
	// Stdin is the command's standard input. It is never logged.
	Stdin *string `pulumi:"stdin,optional"`
	// Logging is stdoutAndStderr unless said otherwise.
	Logging *Logging `pulumi:"logging,optional"`
	// AddPreviousOutputInEnv puts the last run's output into the environment, unless it is false.
	AddPreviousOutputInEnv *bool `pulumi:"addPreviousOutputInEnv,optional"`
	// AssetPaths is refused by this plugin.
	AssetPaths *[]string `pulumi:"assetPaths,optional"`
	// ArchivePaths is refused by this plugin.
	ArchivePaths *[]string `pulumi:"archivePaths,optional"`
}

// Results is what a run leaves behind.
type Results struct {
	// Stdout lacks one final newline.
	Stdout string `pulumi:"stdout"`
	// Stderr lacks one final newline.
	Stderr string `pulumi:"stderr"`
}

// argv is the program with all its arguments.
func (settings Settings) argv(command string) []string {
	interpreter := []string{"/bin/sh", "-c"}
	if settings.Interpreter != nil && len(*settings.Interpreter) > 0 {
		interpreter = *settings.Interpreter
	}
	return append(append([]string{}, interpreter...), command)
}

// environment is that of the engine, the settings' own, and the previous output, in this order.
func (settings Settings) environment(previous Results) []string {
	environment := os.Environ()
	if settings.Environment != nil {
		environment = append(environment, assignments(*settings.Environment)...)
	}
	if settings.AddPreviousOutputInEnv != nil && !*settings.AddPreviousOutputInEnv {
		return environment
	}
	if previous.Stdout != "" {
		environment = append(environment, "PULUMI_COMMAND_STDOUT="+previous.Stdout)
	}
	if previous.Stderr != "" {
		environment = append(environment, "PULUMI_COMMAND_STDERR="+previous.Stderr)
	}
	return environment
}

func assignments(values map[string]string) []string {
	list := make([]string, 0, len(values))
	for name, value := range values {
		list = append(list, name+"="+value)
	}
	sort.Strings(list)
	return list
}

// refusals lists what this plugin does not do, and values that do not exist.
func refusals(inputs property.Map) []p.CheckFailure {
	var failures []p.CheckFailure
	for _, name := range []string{"assetPaths", "archivePaths"} {
		if !inputs.Get(name).IsNull() {
			failures = append(failures, p.CheckFailure{
				Property: name,
				Reason: "not in this build of the command plugin. " +
					"Leave it out, or install Pulumi with its official plugins.",
			})
		}
	}
	if logging := inputs.Get("logging"); logging.IsString() && !known(Logging(logging.AsString())) {
		failures = append(failures, p.CheckFailure{
			Property: "logging",
			Reason: fmt.Sprintf(
				"%q is none of stdout, stderr, stdoutAndStderr, none", logging.AsString()),
		})
	}
	return failures
}

func known(logging Logging) bool {
	switch logging {
	case LogStdout, LogStderr, LogStdoutAndStderr, LogNone:
		return true
	}
	return false
}
