# Installation and the package config come with the consumers' tests.
