#include "transport/trusted_proxies.hpp"

#include <algorithm>
#include <ranges>

#include "hipchat/errors.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

std::string_view unquoted(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return text.substr(1, text.size() - 2);
    return text;
}

// Takes what is before `separator` off the front of `text`.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return trimmed(taken);
}

// The "for" of an element of Forwarded; empty if it has none.
std::string_view for_of(std::string_view element) {
    while (!element.empty()) {
        const std::string_view pair = take_until(element, ';');
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && same_word(pair.substr(0, equals), "for"))
            return unquoted(pair.substr(equals + 1));
    }
    return {};
}

// All elements of all headers of that name, in the order in which proxies added them.
std::vector<std::string_view> elements(const http_request& request, std::string_view name) {
    std::vector<std::string_view> found;
    for (const header& each : request.headers) {
        if (!same_word(each.name, name)) continue;
        std::string_view rest = each.value;
        while (!rest.empty())
            found.push_back(take_until(rest, ','));
    }
    return found;
}

}  // namespace

trusted_proxies::trusted_proxies(std::string_view setting) {
    constexpr std::string_view between = " \t,";
    while (true) {
        const std::size_t begin = setting.find_first_not_of(between);
        if (begin == std::string_view::npos) return;
        setting.remove_prefix(begin);
        const std::string_view entry = setting.substr(0, setting.find_first_of(between));
        setting.remove_prefix(entry.size());
        const auto block = address_block::parse(entry);
        if (!block)
            throw config_error("'" + std::string(entry)
                               + "' is neither an address nor a block; write 10.0.0.7 or "
                                 "10.0.0.0/8");
        blocks_.push_back(*block);
    }
}

bool trusted_proxies::contain(std::string_view address) const {
    return std::ranges::any_of(blocks_, [&](const auto& one) { return one.contains(address); });
}

std::string trusted_proxies::last_stranger(const std::vector<std::string_view>& addresses,
                                           std::string_view proxy) const {
    std::string last(proxy);
    for (const std::string_view each : std::views::reverse(addresses)) {
        const auto address = address_in(each);
        if (!address) return last;
        last = *address;
        if (!contain(last)) return last;
    }
    return last;
}

std::string trusted_proxies::sender_of(const http_request& request) const {
    const std::vector<std::string_view> plain = elements(request, "X-Forwarded-For");
    std::vector<std::string_view> standard = elements(request, "Forwarded");
    for (std::string_view& element : standard)
        element = for_of(element);
    std::string by_plain = last_stranger(plain, request.peer);
    std::string by_standard = last_stranger(standard, request.peer);
    if (standard.empty()) return by_plain;
    if (plain.empty() || by_plain == by_standard) return by_standard;
    return std::string(request.peer);
}

}  // namespace hipchat::transport
