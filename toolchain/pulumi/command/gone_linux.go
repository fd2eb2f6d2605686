package main

import (
	"errors"

	"golang.org/x/sys/unix"
)

// gone is closed when the process has ended. The kernel tells; nobody asks again and again. Where
// the kernel cannot tell, it is nil and blocks for ever.
func gone(process int) <-chan struct{} {
	ended := make(chan struct{})
	handle, err := unix.PidfdOpen(process, 0)
	if errors.Is(err, unix.ESRCH) {
		close(ended)
		return ended
	}
	if err != nil {
		return nil
	}
	go func() {
		defer close(ended)
		waiting := []unix.PollFd{{Fd: int32(handle), Events: unix.POLLIN}}
		for {
			if _, err := unix.Poll(waiting, -1); !errors.Is(err, unix.EINTR) {
				return
			}
		}
	}()
	return ended
}
