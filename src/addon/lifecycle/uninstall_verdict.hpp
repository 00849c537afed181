#pragma once

#include <algorithm>
#include <chrono>

#include "addon/tokens/token_request.hpp"

// An uninstall request is a hint that anyone may send. The token endpoint knows the truth: the host
// revokes the client before it sends the request (addon-side.md 2.3).

namespace hipchat::addons {

enum class uninstall_action {
    remove,   ///< 204: the host does not know the client any more
    keep,     ///< 403: the client still works, so nobody uninstalled it
    suspend,  ///< 202: nothing is proved; ask again later
};

constexpr uninstall_action judge_uninstall(token_answer::verdict said) noexcept {
    switch (said) {
        case token_answer::verdict::refused:
            return uninstall_action::remove;
        case token_answer::verdict::granted:
            return uninstall_action::keep;
        case token_answer::verdict::unclear:
            return uninstall_action::suspend;
    }
    return uninstall_action::suspend;
}

/// How long to wait before asking again, after waiting `last`: 1 s, doubled up to 10 minutes.
constexpr std::chrono::seconds next_pause(std::chrono::seconds last) noexcept {
    return std::clamp(last * 2, std::chrono::seconds(1), std::chrono::seconds(600));
}

}  // namespace hipchat::addons
