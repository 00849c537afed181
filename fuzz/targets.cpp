#include "targets.hpp"

#include <array>

namespace hipchat::fuzz {

std::span<const target> targets() {
    static constexpr std::array<target, 12> all{{
        {"bodies", bodies},
        {"commands", commands},
        {"descriptors", descriptors},
        {"forms", forms},
        {"html", html},
        {"http", http},
        {"jwt", jwt},
        {"multiparts", multiparts},
        {"paths", paths},
        {"patterns", patterns},
        {"senders", senders},
        {"urls", urls},
    }};
    return all;
}

}  // namespace hipchat::fuzz
