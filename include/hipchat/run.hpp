#pragma once

namespace hipchat {

class addon;

/// Serves `program` until SIGTERM or Ctrl-C: reads the AC_… settings from the environment, prints
/// the banner with the public descriptor URL, accepts installs and events, and drains at the end
/// (AC_DRAIN, 5 s by default).
/// @return what main should return: 0 after a drain, 1 if it could not start (the reason is
/// printed)
int run(addon& program);

/// The same, with settings from the command line on top (--help lists them).
int run(addon& program, int argc, const char* const* argv);

}  // namespace hipchat
