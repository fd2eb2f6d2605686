//go:build !linux

package main

// gone never tells on this system: only SIGTERM and the engine's own cancel end the commands.
func gone(int) <-chan struct{} {
	return nil
}
