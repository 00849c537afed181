#include "host/api/v2/expansion.hpp"

#include <algorithm>
#include <utility>

namespace hipchat::host {
namespace {

constexpr std::size_t deepest = 4;
constexpr std::size_t most_names = 20;
constexpr std::size_t most_expanded = 1000;  // one page of the longest list

// The text up to `separator`, which is taken off `rest` with it.
std::string_view take_until(char separator, std::string_view& rest) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
}

// "links.self" of an object; empty if it has none.
std::string self_of(const json::object& item) {
    const json::value* const links = item.if_contains("links");
    if (links == nullptr || !links->is_object()) return {};
    const json::value* const self = links->get_object().if_contains("self");
    return self != nullptr && self->is_string() ? std::string(self->get_string()) : std::string();
}

}  // namespace

expansion read_expansion(std::string_view text) {
    expansion all;
    for (std::size_t names = 0; !text.empty() && names < most_names; ++names) {
        std::string_view name = take_until(',', text);
        expansion* at = &all;
        for (std::size_t depth = 0; !name.empty() && depth < deepest; ++depth)
            at = &at->inner[std::string(take_until('.', name))];
    }
    return all;
}

const documents::kind* documents::keep(const std::string& path, const std::vector<scope>& scopes,
                                       reader make, bool is_for_users) {
    kinds_.push_back(std::make_unique<const kind>(
        kind{path_pattern(path), scopes, std::move(make), is_for_users}));
    return kinds_.back().get();
}

void documents::add(std::string path, std::vector<scope> scopes, reader make) {
    const kind* const what = keep(path, scopes, std::move(make), false);
    router_.for_bearer("GET", std::move(path), std::move(scopes),
                       [this, what](const request& asked, const access& who) {
                           return answer(*what, asked, who);
                       });
}

void documents::add_for_users(std::string path, std::vector<scope> scopes, reader make) {
    const kind* const what = keep(path, scopes, std::move(make), true);
    router_.for_user("GET", std::move(path), std::move(scopes),
                     [this, what](const request& asked, const user_access& who) {
                         return answer(*what, asked, who.any());
                     });
}

task<http_response> documents::answer(const kind& what, const request& asked,
                                      const access& who) const {
    task<json::object> making = what.make(asked, who);
    json::object document = co_await making;
    const expansion wanted = read_expansion(asked.parameter("expand").value_or(""));
    budget with{who, most_expanded};
    task<> expanding = expand(document, wanted, with);
    co_await expanding;
    co_return json_response(200, document);
}

task<> documents::expand(json::object& document, const expansion& wanted, budget& with) const {
    for (const auto& [name, inner] : wanted.inner) {
        json::value* const member = document.if_contains(name);
        if (member == nullptr) continue;
        task<> expanding = expand_value(*member, inner, with);
        co_await expanding;
    }
}

task<> documents::expand_value(json::value& value, const expansion& wanted, budget& with) const {
    if (value.is_array()) {
        for (json::value& each : value.get_array()) {
            task<> expanding = expand_value(each, wanted, with);
            co_await expanding;
        }
    } else if (value.is_object()) {
        task<> replacing = replace(value.get_object(), with);
        co_await replacing;
        task<> expanding = expand(value.get_object(), wanted, with);
        co_await expanding;
    }
}

task<> documents::replace(json::object& item, budget& with) const {
    const std::string self = self_of(item);
    if (with.left == 0 || !self.starts_with(base_url_ + "/")) co_return;
    transport::http_request raw;
    raw.method = "GET";
    raw.target = std::string_view(self).substr(base_url_.size());
    raw.path = raw.target;
    const std::vector<std::string_view> segments = split_path(raw.path);
    for (const std::unique_ptr<const kind>& each : kinds_) {
        std::optional<captures> found = each->path.match(segments);
        if (!found) continue;
        if (each->is_for_users && with.who.user() == nullptr) co_return;
        const bool may = each->scopes.empty() || std::ranges::any_of(each->scopes, [&](scope one) {
                             return with.who.has(one);
                         });
        if (!may) co_return;
        --with.left;
        const request asked(raw, *std::move(found));
        try {
            task<json::object> making = each->make(asked, with.who);
            item = co_await making;
        } catch (const refusal&) {
            co_return;  // whoever may not see the whole sees the title
        }
        co_return;
    }
}

}  // namespace hipchat::host
