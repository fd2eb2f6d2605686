package local

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi-go-provider/infer"
)

// Run is a function: its command runs at every preview and at every up.
type Run struct{}

// RunInputs is what a program says about one run.
type RunInputs struct {
	Settings
	// Command is what runs.
	Command string `pulumi:"command"`
}

// RunResults gives the inputs back beside the output, as the npm package promises.
type RunResults struct {
	RunInputs
	Results
}

// Invoke runs the command.
func (Run) Invoke(
	ctx context.Context, req infer.FunctionRequest[RunInputs],
) (infer.FunctionResponse[RunResults], error) {
	inputs := req.Input
	response := infer.FunctionResponse[RunResults]{Output: RunResults{RunInputs: inputs}}
	if inputs.AssetPaths != nil || inputs.ArchivePaths != nil {
		return response, fmt.Errorf("assetPaths and archivePaths: not in this build of the plugin")
	}
	if inputs.Logging != nil && !known(*inputs.Logging) {
		return response, fmt.Errorf(
			"logging: %q is none of stdout, stderr, stdoutAndStderr, none", *inputs.Logging)
	}
	results, err := execute(ctx, inputs.Command, inputs.Settings, Results{})
	response.Output.Results = results
	return response, err
}
