// Pages from templates.

#include "hipchat/page_template.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat {
namespace {

// Made before main, whatever else is.
const page_template early("{{a}}");

std::string rendered(std::string_view text, std::string_view data) {
    return page_template(text).render(json::parse(data).as_object()).markup();
}

TEST(page_template, escapes_what_people_wrote) {
    EXPECT_EQ(rendered("<p title=\"{{name}}\">{{name}}</p>", R"({"name":"<b>\"'&"})"),
              "<p title=\"&lt;b&gt;&quot;&#39;&amp;\">&lt;b&gt;&quot;&#39;&amp;</p>");
}

TEST(page_template, leaves_markup_alone_where_the_author_says_so) {
    EXPECT_EQ(rendered("{{{a}}}{{&a}}", R"({"a":"<i>"})"), "<i><i>");
}

TEST(page_template, repeats_lists_and_knows_empty_ones) {
    const std::string_view list = "{{#all}}{{name}}:{{count}};{{/all}}{{^all}}none{{/all}}";
    EXPECT_EQ(rendered(list, R"({"all":[{"name":"a","count":1},{"name":"b","count":-2.5}]})"),
              "a:1;b:-2.5;");
    EXPECT_EQ(rendered(list, R"({"all":[]})"), "none");
    EXPECT_EQ(rendered(list, "{}"), "none");
    EXPECT_EQ(rendered("{{#all}}{{.}},{{/all}}", R"({"all":["a",1]})"), "a,1,");
}

TEST(page_template, has_sections_for_what_is_there) {
    const std::string_view section = "{{#x}}yes{{/x}}{{^x}}no{{/x}}";
    for (const char* there : {R"({"x":true})", R"({"x":"a"})", R"({"x":{"y":1}})", R"({"x":0})"})
        EXPECT_EQ(rendered(section, there), "yes") << there;
    for (const char* absent : {R"({"x":false})", R"({"x":null})", R"({"x":""})", "{}"})
        EXPECT_EQ(rendered(section, absent), "no") << absent;
}

TEST(page_template, looks_into_objects) {
    EXPECT_EQ(rendered("{{a.b.c}}|{{#a}}{{b.c}}{{/a}}", R"({"a":{"b":{"c":"deep"}}})"),
              "deep|deep");
}

TEST(page_template, includes_parts_that_include_parts) {
    const page_template page = page_template("{{#rows}}{{> row}}{{/rows}}")
                                   .with_part("row", "<li>{{> name}}</li>")
                                   .with_part("name", "{{name}}");
    EXPECT_EQ(page.render({{"rows", json::array{json::object{{"name", "<a>"}}}}}).markup(),
              "<li>&lt;a&gt;</li>");
}

// The library underneath would run a person's text as a template.
TEST(page_template, never_takes_a_part_from_the_data) {
    const page_template page =
        page_template("{{#rows}}{{> row}}{{/rows}}").with_part("row", "[{{row}}]");
    const json::object data = {{"secret", "s3cret"},
                               {"rows", json::array{json::object{{"row", "{{{secret}}}<b>"}}}}};
    EXPECT_EQ(page.render(data).markup(), "[{{{secret}}}&lt;b&gt;]");
    EXPECT_THROW(page_template("{{> title}}").render({{"title", "{{{secret}}}"}}), config_error);
}

TEST(page_template, can_be_rendered_again_and_shared) {
    const page_template page("{{=<% %>=}}<% a %>");
    const page_template copy = page;
    EXPECT_EQ(page.render({{"a", "1"}}).markup(), "1");
    EXPECT_EQ(copy.render({{"a", "2"}}).markup(), "2");
}

TEST(page_template, can_be_a_variable_of_namespace_scope) {
    EXPECT_EQ(early.render({{"a", "1"}}).markup(), "1");
}

TEST(page_template, is_refused_with_the_place_of_a_mistake) {
    for (const char* text : {"{{#a}}", "{{/a}}", "{{a", "{{#a}}{{/b}}", "{{"})
        EXPECT_THROW(page_template{text}, config_error) << text;
    EXPECT_THROW(page_template("").with_part("a", "{{#b}}"), config_error);
}

TEST(page_template, comes_from_a_file) {
    const testing::temporary_folder folder;
    const std::string path = folder.file("page.html");
    std::ofstream(path) << "Hi {{name}}";
    EXPECT_EQ(page_template::from_file(path).render({{"name", "Ada"}}).markup(), "Hi Ada");
    EXPECT_THROW(page_template::from_file(path + ".missing"), config_error);
    EXPECT_THROW(page_template::from_file(folder.path().string()), config_error);
}

TEST(escaped_text, means_itself_in_html) {
    EXPECT_EQ(escape_html("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
}

}  // namespace
}  // namespace hipchat
