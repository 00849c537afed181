// Paths with parts that vary.

#include "addon/path_pattern.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

using values = path_pattern::values;

TEST(path_pattern, finds_its_parts_decoded) {
    EXPECT_EQ(path_pattern("/snippet/{id}").match("/snippet/7"), (values{{"id", "7"}}));
    EXPECT_EQ(path_pattern("/a/{x}/b/{y.z}").match("/a/1%2F2/b/%C3%A9"),
              (values{{"x", "1/2"}, {"y.z", "é"}}));
    EXPECT_EQ(path_pattern("/file/no-{n}.html").match("/file/no-3.html"), (values{{"n", "3"}}));
}

// Missing values become empty (addon-side.md 7.1).
TEST(path_pattern, takes_an_empty_part) {
    EXPECT_EQ(path_pattern("/snippet/{id}").match("/snippet/"), (values{{"id", ""}}));
}

TEST(path_pattern, fits_nothing_else) {
    const path_pattern snippet("/snippet/{id}/edit");
    for (const char* path :
         {"/snippet/7", "/snippet/7/edit/", "/snippet/7/8/edit", "/snippet/7/view", "/other/7/edit",
          "", "/", "snippet/7/edit", "/snippet/%ff/edit", "/snippet/%00/edit", "/snippet/%zz/edit"})
        EXPECT_EQ(snippet.match(path), std::nullopt) << path;
    EXPECT_EQ(path_pattern("/no-{n}-no").match("/no-no"), std::nullopt);
}

TEST(path_pattern, has_the_shape_of_others_that_fit_the_same) {
    EXPECT_EQ(path_pattern("/a/{x}").shape(), path_pattern("/a/{y}").shape());
    EXPECT_NE(path_pattern("/a/{x}").shape(), path_pattern("/a/{x}/b").shape());
}

TEST(path_pattern, is_refused_when_its_braces_are_wrong) {
    for (const char* path : {"/{", "/}", "/{}", "/}x{", "/{a}{b}", "/{a{b}}", "a/{b}", "/{a}/{b"})
        EXPECT_THROW(path_pattern{path}, config_error) << path;
}

}  // namespace
}  // namespace hipchat::addons
