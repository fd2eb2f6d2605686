// Command pulumi-resource-docker is a Pulumi provider plugin for Docker: the Terraform provider for
// Docker behind Pulumi's bridge, under tokens and version of the npm package @pulumi/docker.
// ../../README.md says how it differs from the official plugin.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

// version equals that of the npm package @pulumi/docker: the engine asks for exactly this one.
const version = "5.2.0"

// schema is all that a program in TypeScript needs: its types come with the npm package.
const schema = `{"name": "docker", "version": "` + version + `"}`

func main() {
	tfbridge.Main("docker", version, provider(), []byte(schema))
}
