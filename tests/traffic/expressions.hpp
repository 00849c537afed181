#pragma once

#include <regex>

namespace hipchat::traffic {

/// What callers look for in pages and in patterns; group 1 is what is found.
struct expressions {
    std::regex token{"data-token=\"([^\"]+)\""};
    std::regex question{"fetch\\('([^']+)'\\)"};
    std::regex sending{"(?:fetch\\('|action=\")([^'\"]+)(?:',|\")"};
    std::regex field{"name=\"([A-Za-z_]+)\""};
    std::regex word{"(/?[A-Za-z][A-Za-z-]+)"};
};

/// Made once, all together: libstdc++ fills a cache that all threads share, without a lock, while
/// it makes an expression.
inline const expressions& known_expressions() {
    static const expressions known;
    return known;
}

}  // namespace hipchat::traffic
