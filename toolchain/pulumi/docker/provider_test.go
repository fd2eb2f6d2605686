package main

import (
	"slices"
	"testing"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// What the npm package @pulumi/docker knows, less its images, which the official plugin builds.
var known = []string{
	"docker:index/container:Container",
	"docker:index/network:Network",
	"docker:index/plugin:Plugin",
	"docker:index/registryImage:RegistryImage",
	"docker:index/remoteImage:RemoteImage",
	"docker:index/secret:Secret",
	"docker:index/service:Service",
	"docker:index/serviceConfig:ServiceConfig",
	"docker:index/tag:Tag",
	"docker:index/volume:Volume",
}

func TestEveryResourceOfTheTerraformProviderIsMappedOrLeftOutByName(t *testing.T) {
	info := provider()
	var tokens []string
	info.P.ResourcesMap().Range(func(name string, _ shim.Resource) bool {
		mapped, isMapped := info.Resources[name]
		if isMapped {
			tokens = append(tokens, string(mapped.Tok))
		} else if !slices.Contains(info.IgnoreMappings, name) {
			t.Errorf("%s is neither mapped nor left out", name)
		}
		return true
	})
	slices.Sort(tokens)
	if !slices.Equal(tokens, known) {
		t.Errorf("tokens are %q, want %q", tokens, known)
	}
}

func TestTheProviderTalksToTheEngineOfTheEnvironment(t *testing.T) {
	host := provider().Config["host"].Default

	variables := []string{"DOCKER_HOST"}
	if host.Value != "unix:///var/run/docker.sock" || !slices.Equal(host.EnvVars, variables) {
		t.Errorf("host defaults to %v or %v", host.EnvVars, host.Value)
	}
}
