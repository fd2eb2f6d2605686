// Package local holds the resource command:local:Command and the function command:local:run. Its
// name is part of their tokens.
package local

import (
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
)

// Provider serves the resource and the function, and cancels what runs when the engine says so.
func Provider() (p.Provider, error) {
	provider, err := infer.NewProviderBuilder().
		WithResources(infer.Resource(Command{})).
		WithFunctions(infer.Function(Run{})).
		Build()
	if err != nil {
		return provider, err
	}
	return knowingSecrets(provider), nil
}
