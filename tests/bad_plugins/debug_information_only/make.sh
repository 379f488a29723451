#!/bin/sh
# What is split off for debuggers, put where the library belongs.
objcopy --only-keep-debug "$1" "$2"
