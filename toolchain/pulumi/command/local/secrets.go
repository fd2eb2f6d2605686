package local

import (
	"context"
	"sort"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Shorter ones would blacken half the log; the engine itself draws the line there too.
const shortestSecret = 3

const hidden = "[secret]"

type secretsKey struct{}

// knowingSecrets remembers the secret inputs of each call, so that its log and its failure can hide
// them: below this layer a secret is plain text.
func knowingSecrets(provider p.Provider) p.Provider {
	create, update, remove := provider.Create, provider.Update, provider.Delete
	provider.Create = func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
		return create(withSecrets(ctx, req.Properties), req)
	}
	provider.Update = func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
		return update(withSecrets(ctx, req.State, req.Inputs), req)
	}
	provider.Delete = func(ctx context.Context, req p.DeleteRequest) error {
		return remove(withSecrets(ctx, req.Properties), req)
	}
	return provider
}

func withSecrets(ctx context.Context, maps ...property.Map) context.Context {
	var secrets []string
	for _, values := range maps {
		for name, value := range values.All {
			// What a command said last time is secret with its inputs; hiding each of its words would
			// blacken what it says now.
			if name != "stdout" && name != "stderr" {
				secrets = append(secrets, secretTexts(value, false)...)
			}
		}
	}
	// Longest first: a secret that contains another is hidden whole.
	sort.Slice(secrets, func(i, j int) bool { return len(secrets[i]) > len(secrets[j]) })
	return context.WithValue(ctx, secretsKey{}, secrets)
}

// secretTexts are the strings, and their lines, in and below a value that is marked secret.
func secretTexts(value property.Value, inSecret bool) []string {
	inSecret = inSecret || value.Secret()
	var texts []string
	switch {
	case value.IsString() && inSecret:
		for _, text := range append(strings.Split(value.AsString(), "\n"), value.AsString()) {
			if len(text) >= shortestSecret {
				texts = append(texts, text)
			}
		}
	case value.IsArray():
		for _, element := range value.AsArray().All {
			texts = append(texts, secretTexts(element, inSecret)...)
		}
	case value.IsMap():
		for _, element := range value.AsMap().All {
			texts = append(texts, secretTexts(element, inSecret)...)
		}
	}
	return texts
}

// secretsOf gives the function that hides the secrets of this call.
func secretsOf(ctx context.Context) func(string) string {
	secrets, _ := ctx.Value(secretsKey{}).([]string)
	return func(text string) string {
		for _, secret := range secrets {
			text = strings.ReplaceAll(text, secret, hidden)
		}
		return text
	}
}
