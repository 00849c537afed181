#include "targets.hpp"

#include <array>

namespace hipchat::fuzz {

std::span<const target> targets() {
    static constexpr std::array<target, 9> all{{
        {"bodies", bodies},
        {"commands", commands},
        {"descriptors", descriptors},
        {"forms", forms},
        {"html", html},
        {"http", http},
        {"jwt", jwt},
        {"patterns", patterns},
        {"urls", urls},
    }};
    return all;
}

}  // namespace hipchat::fuzz
