#include "protocol/url.hpp"

#include <algorithm>
#include <boost/url/authority_view.hpp>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <utility>

#include "protocol/percent.hpp"

namespace hipchat::protocol {
namespace {

namespace urls = boost::urls;

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// Host names and IPv4 addresses; no percent-encoding, which resolvers disagree about.
bool is_plain_host(std::string_view host) {
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
    });
}

std::optional<std::string> read_host(const urls::url_view& url) {
    if (url.host_type() == urls::host_type::ipv6) {
        // One address has one text, so that equal origins are equal.
        const auto address = urls::parse_ipv6_address(url.host_address());
        if (!address) return std::nullopt;
        return address->to_string();
    }
    const std::string_view given = url.encoded_host();
    if (!is_plain_host(given)) return std::nullopt;
    return lower(given);
}

std::uint16_t default_port(std::string_view scheme) {
    return scheme == "https" ? 443 : 80;
}

std::optional<std::uint16_t> read_port(const urls::url_view& url, std::string_view scheme) {
    const std::string_view digits = url.port();
    if (digits.empty()) return default_port(scheme);
    unsigned long port = 0;
    for (const char digit : digits) {
        port = port * 10 + static_cast<unsigned long>(digit - '0');
        if (port > 65535) return std::nullopt;
    }
    if (port == 0) return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

}  // namespace

std::string web_url::origin() const {
    std::string text = scheme + "://";
    if (host.find(':') != std::string::npos)
        text += '[' + host + ']';
    else
        text += host;
    if (port != default_port(scheme)) text += ':' + std::to_string(port);
    return text;
}

std::optional<web_url> parse_web_url(std::string_view text) {
    const auto parsed = urls::parse_uri(text);
    if (!parsed) return std::nullopt;
    const urls::url_view& url = *parsed;
    if (!url.has_authority() || url.has_userinfo() || url.has_fragment()) return std::nullopt;
    web_url result;
    result.scheme = lower(url.scheme());
    if (result.scheme != "http" && result.scheme != "https") return std::nullopt;
    std::optional<std::string> host = read_host(url);
    const std::optional<std::uint16_t> port = read_port(url, result.scheme);
    if (!host || !port) return std::nullopt;
    result.host = std::move(*host);
    result.port = *port;
    result.path = std::string(std::string_view(url.encoded_path()));
    // Boost.URL reads "http://a:b" as a host, an empty port and the path "b".
    if (!result.path.empty() && result.path.front() != '/') return std::nullopt;
    if (result.path.empty()) result.path += '/';
    result.query = std::string(std::string_view(url.encoded_query()));
    return result;
}

std::string join_url(std::string_view base, std::string_view path) {
    while (base.ends_with('/'))
        base.remove_suffix(1);
    while (path.starts_with('/'))
        path.remove_prefix(1);
    std::string joined(base);
    joined += '/';
    joined += path;
    return joined;
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += hex_digits[byte >> 4U];
            encoded += hex_digits[byte & 0x0FU];
        }
    }
    return encoded;
}

std::optional<std::string> form_value(std::string_view form, std::string_view name) {
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), pair.size() + 1));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view key = pair.substr(0, equals);
        if (key != name && undo_percent(key, plus_sign::blank) != name) continue;
        return undo_percent(pair.substr(std::min(pair.size(), equals + 1)), plus_sign::blank);
    }
    return std::nullopt;
}

bool is_loopback_name(std::string_view host) {
    std::string name = lower(host);
    if (name.ends_with('.')) name.pop_back();
    if (name == "localhost" || name.ends_with(".localhost")) return true;
    if (const auto v4 = urls::parse_ipv4_address(name)) return v4->is_loopback();
    if (const auto v6 = urls::parse_ipv6_address(name)) return v6->is_loopback();
    return false;
}

}  // namespace hipchat::protocol
