#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hipchat::host {

/// A small picture that stands for a word in parentheses.
struct emoticon {
    std::int64_t id = 0;
    std::string_view shortcut = {};  ///< without the parentheses; its picture has the same name
};

/// The size of all of them, in pixels.
inline constexpr int emoticon_size = 20;

/// Those that the host has, by id. Its own drawings, in web/assets/emoticons.
std::span<const emoticon> emoticons();

/// By id or shortcut, with or without parentheses; null if there is none.
const emoticon* find_emoticon(std::string_view id_or_shortcut);

}  // namespace hipchat::host
