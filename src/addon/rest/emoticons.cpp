#include "hipchat/rest/emoticons.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"

namespace hipchat::rest {
namespace {

emoticon_summary read_summary(const protocol::members& from) {
    emoticon_summary made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    made.shortcut = text_in(from, "shortcut");
    made.url = text_in(from, "url");
    return made;
}

emoticon_details read_details(const protocol::members& from) {
    emoticon_details made;
    static_cast<emoticon_summary&>(made) = read_summary(from);
    made.width = static_cast<int>(number_in(from, "width"));
    made.height = static_cast<int>(number_in(from, "height"));
    made.audio_path = text_in(from, "audio_path");
    if (const auto creator = object_in(from, "creator")) made.creator = read_user_summary(*creator);
    return made;
}

const char* name_of(emoticon_type which) {
    switch (which) {
        case emoticon_type::global:
            return "global";
        case emoticon_type::group:
            return "group";
        case emoticon_type::all:
            break;
    }
    return "all";
}

}  // namespace

paged<emoticon_summary> emoticons::list(emoticon_type which) const {
    return list_of<read_summary>(
        host_.core(),
        ask("GET", "emoticon" + query({{"type", name_of(which)}}), {scope::view_group}));
}

task<emoticon_details> emoticons::get(std::string shortcut) const {
    return fetch_as<read_details>(
        host_.core(), ask("GET", "emoticon/" + segment("shortcut", shortcut), {scope::view_group}));
}

}  // namespace hipchat::rest
