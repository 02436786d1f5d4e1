#!/bin/sh
# Reads a command line and becomes it; its standard input and output are the connection.
read -r command
eval "exec $command"
