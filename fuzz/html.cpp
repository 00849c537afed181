#include "protocol/html.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "property.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

constexpr std::array<std::string_view, 19> elements = {
    "a",    "b",      "br",    "code",  "em", "i",  "img",   "li", "ol", "pre",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"};
constexpr std::array<std::string_view, 13> attributes = {
    "align",  "alt",    "colspan", "data-target", "data-target-options",
    "height", "href",   "rel",     "rowspan",     "src",
    "style",  "valign", "width"};
constexpr std::array<std::string_view, 5> escapes = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

bool is_listed(std::string_view name, const auto& list) {
    return std::ranges::find(list, name) != list.end();
}

// Reads what the sanitiser writes, and nothing else: it has one spelling for everything.
class strict_reader {
public:
    explicit strict_reader(std::string_view markup) : left_(markup) {}

    void read() {
        while (!left_.empty()) {
            if (left_.front() == '<')
                read_tag();
            else
                read_character();
        }
        require(open_.empty(), "every element is closed");
    }

private:
    bool take(std::string_view text) {
        if (!left_.starts_with(text)) return false;
        left_.remove_prefix(text.size());
        return true;
    }

    std::string_view take_name() {
        const std::size_t length =
            std::min(left_.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), left_.size());
        const std::string_view name = left_.substr(0, length);
        left_.remove_prefix(length);
        return name;
    }

    void read_character() {
        require(left_.front() != '>' && left_.front() != '"' && left_.front() != '\'',
                "text is escaped");
        if (left_.front() == '&') {
            require(std::ranges::any_of(escapes, [&](auto each) { return take(each); }),
                    "there are five escapes");
        } else {
            left_.remove_prefix(1);
        }
    }

    void read_tag() {
        left_.remove_prefix(1);
        const bool closing = take("/");
        const std::string_view name = take_name();
        require(is_listed(name, elements), "an element is one of the list");
        if (closing) {
            require(!open_.empty() && open_.back() == name, "elements are closed in order");
            open_.pop_back();
        } else {
            while (take(" "))
                read_attribute();
            if (name != "br" && name != "img") open_.emplace_back(name);
        }
        require(take(">"), "a tag ends");
    }

    void read_attribute() {
        const std::string_view name = take_name();
        require(is_listed(name, attributes), "an attribute is one of the list");
        require(take("=\""), "a value is quoted");
        const std::string_view value = left_.substr(0, left_.find('"'));
        if (name == "href" || name == "src") check_address(name, value);
        while (!left_.empty() && left_.front() != '"') {
            require(left_.front() != '<', "a value is escaped");
            read_character();
        }
        require(take("\""), "a value ends");
    }

    static void check_address(std::string_view name, std::string_view value) {
        std::string start(value.substr(0, 8));
        for (char& c : start)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        const bool web = start.starts_with("http://") || start.starts_with("https://");
        require(web || (name == "href" && start.starts_with("mailto:")), "an address is harmless");
    }

    std::string_view left_;
    std::vector<std::string_view> open_;
};

}  // namespace

void html(std::string_view input) {
    const std::string clean = protocol::sanitize_html(input);
    strict_reader(clean).read();
    strict_reader(protocol::sanitize_html(clean)).read();
    const std::string text = protocol::escape_html(input);
    require(text.find_first_of("<>\"'") == std::string::npos, "escaped text has no markup");
    require(protocol::sanitize_html(text).find('<') == std::string::npos,
            "escaped text stays text");
}

}  // namespace hipchat::fuzz
