#include "host/api/v2/listing.hpp"

#include <utility>

#include "protocol/form.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

// The request's own parameters that make the same list.
std::string kept_parameters(const request& asked) {
    std::string text;
    const auto all = protocol::read_form(asked.raw().query);
    if (!all) return text;
    for (const auto& [name, value] : *all) {
        if (name == "start-index" || name == "max-results" || name == "auth_token") continue;
        text.append("&").append(protocol::percent_encode(name));
        text.append("=").append(protocol::percent_encode(value));
    }
    return text;
}

}  // namespace

page page_of(const request& asked, std::int64_t otherwise) {
    return {asked.number("start-index", 0, 0, INT32_MAX),
            asked.number("max-results", otherwise, 0, 1000)};
}

bool listing::wants_next() const noexcept {
    return seen_ >= wanted_.start && std::cmp_less(items_.size(), wanted_.most);
}

void listing::add(json::object item) {
    ++seen_;
    items_.push_back(std::move(item));
}

void listing::skip() noexcept {
    ++seen_;
}

json::object listing::document(const request& asked, const std::string& base_url) && {
    const bool has_more = seen_ > wanted_.start + static_cast<std::int64_t>(items_.size());
    return list_document(std::move(items_), wanted_, has_more, asked, base_url);
}

json::object list_document(json::array items, page wanted, bool has_more, const request& asked,
                           const std::string& base_url) {
    const std::string self = base_url + std::string(asked.raw().path);
    const std::string others = kept_parameters(asked);
    const auto at = [&](std::int64_t start) {
        return self + "?start-index=" + std::to_string(start)
               + "&max-results=" + std::to_string(wanted.most) + others;
    };
    json::object links;
    links["self"] = self;
    if (wanted.start > 0) links["prev"] = at(std::max<std::int64_t>(0, wanted.start - wanted.most));
    if (has_more && wanted.most > 0) links["next"] = at(wanted.start + wanted.most);
    json::object body;
    body["items"] = std::move(items);
    body["startIndex"] = wanted.start;
    body["maxResults"] = wanted.most;
    body["links"] = std::move(links);
    return body;
}

}  // namespace hipchat::host
