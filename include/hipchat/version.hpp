#pragma once

/// The release of this library as text, "major.minor.patch"; the build reads it from here.
#define HIPCHAT_VERSION "0.1.0"
