#include "hipchat/response.hpp"

#include "hipchat/json.hpp"

namespace hipchat {

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text)
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    return escaped;
}

std::string detail::text_of_json(const json::value& document) {
    return json::serialize(document);
}

std::string detail::text_of_json(const json::object& document) {
    return json::serialize(document);
}

std::string detail::text_of_json(const json::array& document) {
    return json::serialize(document);
}

}  // namespace hipchat
