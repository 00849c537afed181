#include "addon/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"
#include "transport/trusted_proxies.hpp"

namespace hipchat::addons {
namespace {

template <class Number>
Number number_in(std::string_view text, Number least, Number most) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        throw config_error("'" + std::string(text) + "' is not a whole number from "
                           + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

bool flag_in(std::string_view text) {
    if (text == "1" || text == "true" || text == "on" || text == "yes") return true;
    if (text.empty() || text == "0" || text == "false" || text == "off" || text == "no")
        return false;
    throw config_error("'" + std::string(text) + "' is neither true nor false");
}

// "5", "5s" or "500ms".
std::chrono::milliseconds duration_in(std::string_view text) {
    constexpr std::int64_t hour = 3600;
    if (text.ends_with("ms"))
        return std::chrono::milliseconds(
            number_in<std::int64_t>(text.substr(0, text.size() - 2), 0, hour * 1000));
    if (text.ends_with('s')) text.remove_suffix(1);
    return std::chrono::seconds(number_in<std::int64_t>(text, 0, hour));
}

// "7d", "12h", "30m", "45s" or "45".
std::chrono::seconds long_duration_in(std::string_view text) {
    constexpr std::int64_t year = std::int64_t{366} * 86'400;
    std::int64_t unit = 1;
    const std::string_view number = text.substr(0, text.find_first_of("dhms"));
    if (text.ends_with('d')) unit = 86'400;
    if (text.ends_with('h')) unit = 3600;
    if (text.ends_with('m')) unit = 60;
    if (text.size() > number.size() + 1)
        throw config_error("'" + std::string(text) + "' is not a time such as 7d, 12h, 30m or 45s");
    return std::chrono::seconds(number_in<std::int64_t>(number, 0, year / unit) * unit);
}

std::vector<std::int64_t> ids_in(std::string_view text) {
    std::vector<std::int64_t> ids;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(", ");
        const std::string_view one = text.substr(0, end);
        if (!one.empty())
            ids.push_back(
                number_in<std::int64_t>(one, 1, std::numeric_limits<std::int64_t>::max()));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return ids;
}

// "127.0.0.1:9100", "[::1]:9100"; nothing switches off.
void metrics_in(settings& into, std::string_view text) {
    into.metrics_bind.clear();
    if (text.empty()) return;
    const std::size_t colon = text.rfind(':');
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (colon == std::string_view::npos || address.empty())
        throw config_error("'" + std::string(text)
                           + "' is not an address and a port such as 127.0.0.1:9100");
    into.metrics_port = number_in<std::uint16_t>(text.substr(colon + 1), 0, 65535);
    into.metrics_bind = address;
}

// Kept as text, but what is wrong with it is said here.
std::string trusted_proxies_in(std::string_view text) {
    const transport::trusted_proxies readable(text);
    return std::string(text);
}

bool is_json(std::string_view text) {
    if (text == "json") return true;
    if (text == "text") return false;
    throw config_error("'" + std::string(text) + "' is neither text nor json");
}

std::string base_url_in(std::string_view text) {
    while (text.ends_with('/'))
        text.remove_suffix(1);
    const auto url = protocol::parse_web_url(text);
    if (!url || !url->query.empty())
        throw config_error("'" + std::string(text)
                           + "' is not an http or https URL such as https://addon.example.com");
    return std::string(text);
}

// The whole configuration, in one place and one order; README.md shows the same table.
constexpr std::array table{
    setting{"AC_BASE_URL", "--base-url", "public URL of the add-on; default http://localhost:PORT",
            [](settings& s, std::string_view text) { s.base_url = base_url_in(text); }},
    setting{"AC_BIND", "--bind", "numeric address to listen on; default 127.0.0.1",
            [](settings& s, std::string_view text) { s.bind = text; }},
    setting{"AC_PORT", "--port", "port to listen on; 0 picks a free one; default 5000",
            [](settings& s, std::string_view text) {
                s.port = number_in<std::uint16_t>(text, 0, 65535);
            }},
    setting{"AC_DEBUG", "--debug", "true: a more talkative log; default false",
            [](settings& s, std::string_view text) { s.debug = flag_in(text); }},
    setting{"AC_ADDON_KEY", "--addon-key", "key of the add-on, instead of the program's",
            [](settings& s, std::string_view text) { s.key = text; }},
    setting{"AC_ADDON_NAME", "--addon-name", "name of the add-on, instead of the program's",
            [](settings& s, std::string_view text) { s.name = text; }},
    setting{"AC_ADDON_DESCRIPTION", "--addon-description",
            "description of the add-on, instead of the program's",
            [](settings& s, std::string_view text) { s.description = text; }},
    setting{"AC_ADDON_VENDOR_NAME", "--addon-vendor-name", "who makes the add-on",
            [](settings& s, std::string_view text) { s.vendor_name = text; }},
    setting{"AC_ADDON_VENDOR_URL", "--addon-vendor-url", "web page of who makes the add-on",
            [](settings& s, std::string_view text) { s.vendor_url = text; }},
    setting{"AC_AVATAR_URL", "--avatar-url", "picture beside the add-on's notifications",
            [](settings& s, std::string_view text) { s.avatar_url = text; }},
    setting{"AC_CORS_WHITELIST", "--cors-whitelist",
            "host suffixes whose pages may read glances; default: the tenant's host only",
            [](settings& s, std::string_view text) { s.cors_whitelist = text; }},
    setting{"AC_STORE", "--store",
            "where tenants are kept: sqlite:PATH or memory:; default sqlite:./hipchat-addon.db",
            [](settings& s, std::string_view text) { s.store = text; }},
    setting{"AC_ALLOWED_HOSTS", "--allowed-hosts",
            "hosts that may install: names, *.names, origins, https://a+https://b; default: public "
            "https hosts, and loopback while the base URL is loopback",
            [](settings& s, std::string_view text) { s.allowed_hosts = text; }},
    setting{"AC_ALLOWED_GROUPS", "--allowed-groups",
            "ids of the groups that may install, instead of the program's; name their host in "
            "AC_ALLOWED_HOSTS too",
            [](settings& s, std::string_view text) { s.allowed_groups = ids_in(text); }},
    setting{"AC_DATA_GRACE", "--data-grace",
            "how long the data of an uninstalled tenant are kept: 7d, 12h, 30m or 45s; default 7d",
            [](settings& s, std::string_view text) { s.data_grace = long_duration_in(text); }},
    setting{"AC_TLS", "--tls",
            "how TLS to single hosts differs: HOST ca=FILE cert=FILE key=FILE name=NAME; …",
            [](settings& s, std::string_view text) { s.tls = text; }},
    setting{"AC_REPLAY_WINDOW", "--replay-window",
            "seconds in which a repeated delivery is recognised; 0 switches it off; default 300",
            [](settings& s, std::string_view text) {
                s.replay_window = std::chrono::seconds(number_in<std::int64_t>(text, 0, 86'400));
            }},
    setting{"AC_REPLY_DEADLINE", "--reply-deadline",
            "how long a webhook waits for its handler's answer, which is posted by REST if it "
            "comes later: 8, 8s or 500ms; 0: as long as it takes; default 8s",
            [](settings& s, std::string_view text) { s.reply_deadline = duration_in(text); }},
    setting{"AC_DRAIN", "--drain",
            "how long SIGTERM waits for work under way: 5, 5s or 500ms; default 5s",
            [](settings& s, std::string_view text) { s.drain = duration_in(text); }},
    setting{"AC_DRAIN_NOTICE", "--drain-notice",
            "how long SIGTERM goes on serving before that, while /readyz says 503; default 0",
            [](settings& s, std::string_view text) { s.drain_notice = duration_in(text); }},
    setting{"AC_LOG", "--log", "text or json: how lines of the log are written; default text",
            [](settings& s, std::string_view text) { s.log_json = is_json(text); }},
    setting{"AC_METRICS", "--metrics",
            "address and port for /metrics in Prometheus' format, such as 127.0.0.1:9100; default "
            "off",
            [](settings& s, std::string_view text) { metrics_in(s, text); }},
    setting{
        "AC_TRUSTED_PROXIES", "--trusted-proxies",
        "addresses or blocks (10.0.0.0/8) of proxies whose X-Forwarded-For or Forwarded is "
        "believed; default none",
        [](settings& s, std::string_view text) { s.trusted_proxies = trusted_proxies_in(text); }},
    setting{"AC_CONNECTIONS_PER_ADDRESS", "--connections-per-address",
            "connections that one address may have; 0: any number; default 256",
            [](settings& s, std::string_view text) {
                s.connections_per_address = number_in<std::size_t>(text, 0, 1'000'000);
            }},
    setting{"AC_MOST_UNDER_WAY", "--most-under-way",
            "requests and handlers at work at a time, more are answered 503; default 4096",
            [](settings& s, std::string_view text) {
                s.most_under_way = number_in<std::size_t>(text, 1, 1'000'000);
            }},
    setting{"AC_DURABLE_DELIVERIES", "--durable-deliveries",
            "deliveries of durable handlers stored at a time, more are answered 503; default 10000",
            [](settings& s, std::string_view text) {
                s.durable_deliveries = number_in<std::size_t>(text, 1, 10'000'000);
            }},
    setting{"AC_TENANT_CACHE", "--tenant-cache", "tenants kept in memory; default 10000",
            [](settings& s, std::string_view text) {
                s.tenant_cache = number_in<std::size_t>(text, 1, 10'000'000);
            }},
};

}  // namespace

std::span<const setting> all_settings() {
    return table;
}

void read_environment(settings& values, const environment& lookup) {
    for (const setting& row : table) {
        const auto text = lookup(row.variable);
        if (!text) continue;
        try {
            row.assign(values, *text);
        } catch (const config_error& wrong) {
            throw config_error(std::string(row.variable) + ": " + wrong.what() + " ("
                               + std::string(row.meaning) + ")");
        }
    }
}

std::vector<std::string> unknown_settings(std::span<const std::string> names) {
    std::vector<std::string> unknown;
    for (const std::string& name : names) {
        const bool known =
            std::ranges::any_of(table, [&](const setting& row) { return row.variable == name; });
        if (name.starts_with("AC_") && !known) unknown.push_back(name);
    }
    return unknown;
}

}  // namespace hipchat::addons
