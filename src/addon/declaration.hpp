#pragma once

#include <string>
#include <vector>

#include "addon/cores.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/handler.hpp"
#include "protocol/event.hpp"

namespace hipchat::detail {

/// One webhook that the add-on handles.
struct hook {
    protocol::event_kind event = protocol::event_kind::room_enter;
    std::string pattern = {};
    erased_handler<event_core> handler = {};
};

/// What an author declared, before settings and defaults complete it. Immutable once it runs.
struct declaration {
    descriptor about = {};
    std::vector<hook> hooks = {};
    std::vector<erased_handler<lifecycle_core>> on_installed = {};
    std::vector<erased_handler<lifecycle_core>> on_uninstalled = {};
};

}  // namespace hipchat::detail
