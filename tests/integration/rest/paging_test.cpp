#include "hipchat/rest/paged.hpp"

#include "hipchat/rest/users.hpp"
#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;
using transport::http_response;

class paging : public rest_calls {
protected:
    // People first..last, and the link to what follows; empty: there is none.
    void host_has_page(int first, int last, const std::string& next, const std::string& more = "") {
        std::string items;
        for (int id = first; id <= last; ++id)
            items += (items.empty() ? "" : ",") + (R"({"id":)" + std::to_string(id) + "}");
        const std::string link = next.empty() ? "" : R"(,"next":")" + next + "\"";
        host_.answer_next(
            "/v2/user",
            http_response::of(200, "application/json",
                              R"({"items":[)" + items + R"(],"startIndex":)" + std::to_string(first)
                                  + more + R"(,"links":{"self":"x")" + link + "}}"));
    }
    std::vector<std::string> starts() const {
        std::vector<std::string> found;
        for (const seen_request& one : host_.requests("/v2/user"))
            found.push_back(one.query.substr(0, one.query.find('&')));
        return found;
    }
    static task<std::vector<std::int64_t>> read(paged<user_summary> list) {
        std::vector<std::int64_t> ids;
        while (const auto one = co_await list.next())
            ids.push_back(one->id);
        co_return ids;
    }
    std::vector<std::int64_t> ids() {
        return result_of([&] { return read(users(client()).list()); });
    }
};

// proves: host 3.2 paging
TEST_F(paging, goes_on_while_there_is_a_next_link) {
    host_has_page(0, 1, "https://h.example/v2/user?start-index=2&max-results=2");
    host_has_page(2, 3, "https://h.example/v2/user?max-results=2&start-index=4");
    host_has_page(4, 4, "");
    EXPECT_EQ(ids(), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
    EXPECT_EQ(starts(),
              (std::vector<std::string>{"start-index=0", "start-index=2", "start-index=4"}));
}

TEST_F(paging, never_takes_the_token_to_where_a_link_points) {
    scripted_host stranger;
    host_has_page(0, 1, stranger.base() + "/v2/user?start-index=2");
    host_has_page(2, 2, "");
    EXPECT_EQ(ids().size(), 3U);
    EXPECT_EQ(stranger.count("/v2/user"), 0U);
}

TEST_F(paging, fetches_no_page_before_it_is_needed) {
    host_has_page(0, 1, "?start-index=2");
    host_has_page(2, 3, "");
    auto list = users(client()).list();
    EXPECT_EQ(host_.count("/v2/user"), 0U);
    EXPECT_EQ(result_of([&] { return list.next(); })->id, 0);
    EXPECT_EQ(result_of([&] { return list.next(); })->id, 1);
    EXPECT_EQ(host_.count("/v2/user"), 1U);
    EXPECT_EQ(result_of([&] { return list.next(); })->id, 2);
    EXPECT_EQ(result_of([&] { return list.next_page(); }).size(), 1U) << "what was left";
    EXPECT_TRUE(result_of([&] { return list.next_page(); }).empty());
    EXPECT_FALSE(result_of([&] { return list.next(); }));
    EXPECT_EQ(host_.count("/v2/user"), 2U);
}

TEST_F(paging, goes_by_the_size_of_a_page_where_the_link_says_nothing) {
    host_has_page(0, 1, "https://h.example/more", R"(,"maxResults":50)");
    host_has_page(50, 51, "https://h.example/more");
    host_has_page(52, 52, "");
    EXPECT_EQ(ids().size(), 5U);
    EXPECT_EQ(starts(),
              (std::vector<std::string>{"start-index=0", "start-index=50", "start-index=52"}));
}

TEST_F(paging, passes_over_an_empty_page_in_the_middle) {
    host_has_page(0, 0, "?start-index=1");
    host_has_page(1, 0, "?start-index=2");
    host_has_page(2, 2, "");
    EXPECT_EQ(ids(), (std::vector<std::int64_t>{0, 2}));
}

TEST_F(paging, refuses_a_list_that_never_ends) {
    host_has_page(0, 1, "?start-index=2");
    host_has_page(2, 3, "?start-index=2");
    EXPECT_TRUE(contains(error_of<protocol_error>([&] { return read(users(client()).list()); }),
                         "links.next"));
}

TEST_F(paging, takes_no_more_than_was_asked_for) {
    host_has_page(0, 9, "?start-index=10");
    auto list = users(client()).list();
    EXPECT_EQ(result_of([&] { return list.all(5); }).size(), 5U);
    EXPECT_EQ(host_.count("/v2/user"), 1U);
}

TEST_F(paging, asks_for_the_same_page_again_after_an_error) {
    host_has_page(0, 0, "?start-index=1");
    host_.answer_next("/v2/user", {.status = 403});
    host_has_page(1, 1, "");
    auto list = users(client()).list();
    EXPECT_EQ(result_of([&] { return list.next(); })->id, 0);
    error_of<api_error>([&] { return list.next(); });
    EXPECT_EQ(result_of([&] { return list.next(); })->id, 1);
}

TEST_F(paging, says_which_item_is_wrong) {
    host_says("user", R"({"items":[{"id":1},{"name":"nobody"}]})");
    EXPECT_TRUE(contains(error_of<protocol_error>([&] { return read(users(client()).list()); }),
                         "items[1].id"));
    host_says("user", R"([])");
    EXPECT_TRUE(contains(error_of<protocol_error>([&] { return read(users(client()).list()); }),
                         "GET user?"));
}

// proves: host 3.3 expansion
TEST_F(paging, brings_what_was_to_be_expanded) {
    host_says("user", R"({"items":[{"id":1,"group":{"id":9,"name":"full"}}]})");
    auto list = users(client().expanding("items.group,items")).list();
    const auto items = result_of([&] { return list.all(); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(json::value(*items[0].json).at_pointer("/group/name"), json::value("full"));
    EXPECT_EQ(request_at("user").query, "start-index=0&max-results=100&expand=items.group%2Citems");
}

}  // namespace
}  // namespace hipchat::testing
