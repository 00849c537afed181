#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hipchat/notification.hpp"
#include "hipchat/person.hpp"

// A message of a room as events and histories carry it (addon-side.md 5.4). All of it is read
// leniently: what the host left out, or wrote in another type, is empty.

namespace hipchat {

/// Calendar time, UTC, as the protocol's dates have it.
using time_point = std::chrono::sys_time<std::chrono::microseconds>;

/// A file that was sent into a room.
struct file {
    std::string name = {};
    std::int64_t size = 0;  ///< bytes
    std::string url = {};
    std::string thumb_url = {};  ///< a small picture of it; empty: none
};

struct image_preview {
    std::string image = {};
    std::string name = {};
};
struct link_preview {
    std::string title = {};
    std::string description = {};
    std::string header_text = {};
    std::string link_text = {};
    std::string favicon_url = {};
    std::string full_url = {};
};
struct video_preview {
    std::string title = {};
    std::string author = {};
    std::string thumbnail_url = {};
    std::int64_t views = 0;
};
struct twitter_status_preview {
    std::string name = {};
    std::string screen_name = {};
    std::string text = {};
    std::string created = {};
    std::string source = {};
    std::string profile_image_url = {};
};
struct twitter_user_preview {
    std::string name = {};
    std::string screen_name = {};
    std::int64_t followers = 0;
    std::string profile_image_url = {};
};

/// What the host knows of a link in a message.
struct message_link {
    std::string type = {};  ///< "image", "link", "video", "twitter_status", "twitter_user"
    std::string url = {};
    /// By `type`; monostate for a type that is not known.
    std::variant<std::monostate, image_preview, link_preview, video_preview, twitter_status_preview,
                 twitter_user_preview>
        preview = {};
};

enum class message_type { message, notification, guest_access, topic, unknown };

/// The add-on behind a notification.
struct notification_sender {
    std::string addon_key = {};
    std::string client_id = {};
};

struct message {
    std::string id = {};  ///< a UUID
    std::optional<time_point> date = {};
    message_type type = message_type::unknown;
    std::string text = {};
    /// The person who wrote it; absent for notifications, and where the host gave a name only.
    std::optional<person> from = {};
    /// The name of whoever wrote it: the person's, or the label of a notification; may be empty.
    std::string from_name = {};
    std::vector<person> mentions = {};
    std::optional<hipchat::file> file = {};
    std::vector<message_link> links = {};
    std::optional<hipchat::color> color = {};
    std::optional<message_format> format = {};
    std::optional<notification_sender> addon = {};
};

}  // namespace hipchat
