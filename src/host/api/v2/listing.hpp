#pragma once

#include <cstdint>
#include <string>

#include "hipchat/json.hpp"
#include "host/api/request.hpp"

// Lists of the REST API (host-side.md 3.2).

namespace hipchat::host {

/// Which part of a list is wanted.
struct page {
    std::int64_t start = 0;
    std::int64_t most = 100;  ///< 0 to 1000
};

/// From start-index and max-results; throws refusal(400).
/// @param otherwise what max-results is when it is not said
page page_of(const request& asked, std::int64_t otherwise = 100);

/// Takes items one by one and keeps those of a page.
class listing {
public:
    explicit listing(page wanted) : wanted_(wanted) {}

    /// Whether an item is wanted that is about to be added: lists are made without making the rest.
    bool wants_next() const noexcept;
    /// Once for each item, made only if wants_next().
    void add(json::object item);
    void skip() noexcept;

    /// {"items", "startIndex", "maxResults", "links": {"self", "prev"?, "next"?}}
    /// @param base_url of the host; the links have the other parameters of the request, but never a
    ///                 token
    json::object document(const request& asked, const std::string& base_url) &&;

private:
    page wanted_;
    std::int64_t seen_ = 0;
    json::array items_;
};

/// The same for items that are exactly those of the page.
/// @param has_more whether there are others after them
json::object list_document(json::array items, page wanted, bool has_more, const request& asked,
                           const std::string& base_url);

}  // namespace hipchat::host
