#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "hipchat/task.hpp"

namespace hipchat::rest {

/// One answer of a list (host-side.md 3.2).
template <class T>
struct page {
    std::vector<T> items = {};
    /// Where the next one starts; absent: this was the last.
    std::optional<std::int64_t> next = {};
};

/// A list of the host's, fetched page by page as it is read:
///
///     auto members = rooms.members("Lobby");
///     while (const auto member = co_await members.next()) …
///
/// It must outlive the tasks that it makes, which are awaited one after another. Errors: those of a
/// call; after one, the same page is asked for again.
template <class T>
class paged {
public:
    /// Fetches the page that starts at this item.
    using source = std::function<task<page<T>>(std::int64_t start)>;

    explicit paged(source from) : from_(std::move(from)) {}

    /// The next element; empty after the last.
    task<std::optional<T>> next() {
        while (at_ == page_.size()) {
            if (!start_) co_return std::nullopt;
            task<std::vector<T>> fetching = next_page();
            page_ = co_await fetching;
            at_ = 0;
        }
        co_return std::move(page_[at_++]);
    }

    /// What is left of the elements fetched so far, else the whole next page; empty after the last.
    task<std::vector<T>> next_page() {
        std::vector<T> left(
            std::make_move_iterator(page_.begin() + static_cast<std::ptrdiff_t>(at_)),
            std::make_move_iterator(page_.end()));
        page_.clear();
        at_ = 0;
        while (left.empty() && start_) {
            task<page<T>> fetching = from_(*start_);
            page<T> fetched = co_await fetching;
            start_ = fetched.next;
            left = std::move(fetched.items);
        }
        co_return left;
    }

    /// All that is left, at most `most`.
    task<std::vector<T>> all(std::size_t most = 100'000) {
        std::vector<T> found;
        while (found.size() < most) {
            task<std::optional<T>> fetching = next();
            std::optional<T> one = co_await fetching;
            if (!one) break;
            found.push_back(std::move(*one));
        }
        co_return found;
    }

private:
    source from_;
    std::optional<std::int64_t> start_ = 0;
    std::vector<T> page_;
    std::size_t at_ = 0;
};

}  // namespace hipchat::rest
