#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

struct emoticon_summary : resource {
    std::int64_t id = 0;
    std::string shortcut = {};  ///< without the parentheses
    std::string url = {};
};

struct emoticon_details : emoticon_summary {
    int width = 0;
    int height = 0;
    std::string audio_path = {};
    std::optional<user_summary> creator = {};
};

enum class emoticon_type { all, global, group };

/// The pictures that shortcuts become. Scope: view_group.
class emoticons {
public:
    explicit emoticons(client host) : host_(std::move(host)) {}

    paged<emoticon_summary> list(emoticon_type which = emoticon_type::all) const;
    task<emoticon_details> get(std::string shortcut) const;
    template <std::integral Number>
    task<emoticon_details> get(Number id) const {
        return get(std::to_string(id));
    }

private:
    client host_;
};

}  // namespace hipchat::rest
