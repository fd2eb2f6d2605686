package main

import (
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-providers/terraform-provider-docker/shim"
)

// The longest name the engine makes up for a resource without one.
const longestAutoName = 255

// provider maps the Terraform provider's resources to the tokens of @pulumi/docker.
func provider() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:           shimv2.NewProvider(shim.New(version)),
		Name:        "docker",
		Version:     version,
		Config:      configuration(),
		Resources:   resources(),
		DataSources: dataSources(),
		// Builders belong to the image resources of the official plugin, which are not in this one.
		IgnoreMappings: []string{
			"docker_buildx_builder", "docker_logs", "docker_registry_image_manifests",
		},
	}
	info.SetAutonaming(longestAutoName, "-")
	return info
}

func configuration() map[string]*tfbridge.SchemaInfo {
	return map[string]*tfbridge.SchemaInfo{
		"host": {Default: &tfbridge.DefaultInfo{
			Value:   "unix:///var/run/docker.sock",
			EnvVars: []string{"DOCKER_HOST"},
		}},
		// A list that the package names in the singular.
		"registry_auth": {Name: "registryAuth", MaxItemsOne: tfbridge.False()},
	}
}

func resources() map[string]*tfbridge.ResourceInfo {
	return map[string]*tfbridge.ResourceInfo{
		"docker_config": {Tok: resource("ServiceConfig")},
		"docker_container": {
			Tok: resource("Container"),
			// Two containers cannot have one name, nor one published port.
			DeleteBeforeReplace: true,
			// Lists which the package names in the singular.
			Fields: map[string]*tfbridge.SchemaInfo{
				"command":           {Name: "command"},
				"networks_advanced": {Name: "networksAdvanced"},
			},
		},
		"docker_image": {
			Tok: resource("RemoteImage"),
			// Required: the bridge must not make up a name.
			Fields: map[string]*tfbridge.SchemaInfo{"name": {Name: "name"}},
		},
		"docker_network":        {Tok: resource("Network")},
		"docker_plugin":         {Tok: resource("Plugin")},
		"docker_registry_image": {Tok: resource("RegistryImage")},
		"docker_secret":         {Tok: resource("Secret")},
		"docker_service":        {Tok: resource("Service")},
		"docker_tag":            {Tok: resource("Tag")},
		"docker_volume":         {Tok: resource("Volume")},
	}
}

func dataSources() map[string]*tfbridge.DataSourceInfo {
	return map[string]*tfbridge.DataSourceInfo{
		"docker_image":          {Tok: token("getRemoteImage")},
		"docker_network":        {Tok: token("getNetwork")},
		"docker_plugin":         {Tok: token("getPlugin")},
		"docker_registry_image": {Tok: token("getRegistryImage")},
	}
}

// resource gives a resource's token: docker:index/container:Container.
func resource(name string) tokens.Type {
	return tokens.Type(token(name))
}

func token(name string) tokens.ModuleMember {
	file := strings.ToLower(name[:1]) + name[1:]
	return tokens.ModuleMember("docker:index/" + file + ":" + name)
}
