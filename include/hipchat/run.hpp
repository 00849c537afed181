#pragma once

#include <functional>
#include <vector>

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

/// Several add-ons on one port, as in run({greeter, karma}): each below a path of its own
/// (addon::at), with a descriptor and tenants of its own. With AC_STORE=sqlite:./bots.db, the
/// add-on whose key is "karma" keeps its tenants in ./bots-karma.db.
using addons_to_run = std::vector<std::reference_wrapper<addon>>;
int run(const addons_to_run& programs);
int run(const addons_to_run& programs, int argc, const char* const* argv);

}  // namespace hipchat
