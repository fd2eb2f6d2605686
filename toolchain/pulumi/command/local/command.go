package local

import (
	"context"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Command is a resource whose create, update and delete are commands of this machine.
type Command struct{}

// CommandInputs is what a program says about a command.
type CommandInputs struct {
	Settings
	// Create runs when the resource comes, and when it changes and there is no Update.
	Create *string `pulumi:"create,optional"`
	// Update runs when any input but Triggers changes.
	Update *string `pulumi:"update,optional"`
	// Delete runs when the resource goes; it is taken from the state.
	Delete *string `pulumi:"delete,optional"`
	// Triggers replace the resource when they change.
	Triggers *[]any `pulumi:"triggers,optional" provider:"replaceOnChanges"`
}

// CommandState is what the engine keeps.
type CommandState struct {
	CommandInputs
	Results
}

// Random hexadecimal digits at the end of a resource's id.
const idDigits = 8

// Check refuses by name what this plugin does not do.
func (Command) Check(
	ctx context.Context, req infer.CheckRequest,
) (infer.CheckResponse[CommandInputs], error) {
	inputs, failures, err := infer.DefaultCheck[CommandInputs](ctx, req.NewInputs)
	failures = append(failures, refusals(req.NewInputs)...)
	return infer.CheckResponse[CommandInputs]{Inputs: inputs, Failures: failures}, err
}

// Create runs the create command. A failure leaves nothing in the state.
func (Command) Create(
	ctx context.Context, req infer.CreateRequest[CommandInputs],
) (infer.CreateResponse[CommandState], error) {
	id, err := resource.NewUniqueHex(req.Name, idDigits, 0)
	response := infer.CreateResponse[CommandState]{
		ID:     id,
		Output: CommandState{CommandInputs: req.Inputs},
	}
	if err != nil || req.DryRun || req.Inputs.Create == nil {
		return response, err
	}
	response.Output.Results, err = execute(ctx, *req.Inputs.Create, req.Inputs.Settings, Results{})
	return response, err
}

// Update runs the update command, or create where there is none. A failure keeps the old state.
func (Command) Update(
	ctx context.Context, req infer.UpdateRequest[CommandInputs, CommandState],
) (infer.UpdateResponse[CommandState], error) {
	previous := req.State.Results
	response := infer.UpdateResponse[CommandState]{
		Output: CommandState{CommandInputs: req.Inputs, Results: previous},
	}
	command := req.Inputs.Update
	if command == nil {
		command = req.Inputs.Create
	}
	if req.DryRun || command == nil {
		return response, nil
	}
	results, err := execute(ctx, *command, req.Inputs.Settings, previous)
	if err == nil {
		response.Output.Results = results
	}
	return response, err
}

// Delete runs the delete command as the state holds it.
func (Command) Delete(
	ctx context.Context, req infer.DeleteRequest[CommandState],
) (infer.DeleteResponse, error) {
	if req.State.Delete == nil {
		return infer.DeleteResponse{}, nil
	}
	_, err := execute(ctx, *req.State.Delete, req.State.Settings, req.State.Results)
	return infer.DeleteResponse{}, err
}

// WireDependencies makes the output secret when any input is: a command may print what it gets.
func (Command) WireDependencies(
	fields infer.FieldSelector, inputs *CommandInputs, state *CommandState,
) {
	fields.OutputField(state).DependsOn(fields.InputField(inputs).Secret())
}
