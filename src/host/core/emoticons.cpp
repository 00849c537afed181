#include "host/core/emoticons.hpp"

#include <array>
#include <string>

namespace hipchat::host {
namespace {

constexpr std::array<emoticon, 12> all{{{1, "smile"},
                                        {2, "sad"},
                                        {3, "thumbsup"},
                                        {4, "thumbsdown"},
                                        {5, "heart"},
                                        {6, "star"},
                                        {7, "success"},
                                        {8, "failed"},
                                        {9, "coffee"},
                                        {10, "fire"},
                                        {11, "sun"},
                                        {12, "idea"}}};

}  // namespace

std::span<const emoticon> emoticons() {
    return all;
}

const emoticon* find_emoticon(std::string_view id_or_shortcut) {
    if (id_or_shortcut.starts_with('(') && id_or_shortcut.ends_with(')'))
        id_or_shortcut = id_or_shortcut.substr(1, id_or_shortcut.size() - 2);
    for (const emoticon& each : all)
        if (each.shortcut == id_or_shortcut || std::to_string(each.id) == id_or_shortcut)
            return &each;
    return nullptr;
}

}  // namespace hipchat::host
