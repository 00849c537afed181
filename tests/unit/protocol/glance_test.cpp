#include "protocol/glance.hpp"

#include <gtest/gtest.h>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

json::object failing(int count) {
    json::object metadata;
    metadata["configured"] = true;
    metadata["failing"] = count;
    return metadata;
}

// proves: addon 6.2 label; addon 6.2 lozenge; addon 6.2 metadata
TEST(glance, with_a_lozenge_is_written_as_in_the_sample) {
    const glance made = glance::html("<b>3</b> builds running")
                            .lozenge("2 RED", lozenge_type::error)
                            .metadata(failing(2));
    EXPECT_EQ(json::value(write_glance(made)), test::fixture_json("glance.response.json"));
}

// proves: addon 6.2 icon
TEST(glance, with_an_icon_is_written_as_in_the_sample) {
    const glance made = glance("All quiet")
                            .icon("https://addon.example.test/img/ok.png",
                                  "https://addon.example.test/img/ok@2x.png")
                            .metadata("configured", true)
                            .metadata("failing", 0);
    EXPECT_EQ(json::value(write_glance(made)), test::fixture_json("glance.response.icon.json"));
}

// proves: addon 6.3 several
TEST(glance, is_pushed_as_in_the_sample) {
    const glance made = glance::html("<b>4</b> builds running")
                            .lozenge("GREEN", lozenge_type::success)
                            .metadata(failing(0));
    EXPECT_EQ(json::value(write_glance_push({{"deploybell.glance", made}})),
              test::fixture_json("glance.push.json"));
    const json::object both = write_glance_push({{"one", glance("1")}, {"two", glance("2")}});
    EXPECT_EQ(both.at("glance").as_array().size(), 2U);
}

TEST(glance, is_text_unless_it_says_html) {
    EXPECT_EQ(json::value(write_glance(glance("a <b>"))),
              json::parse(R"({"label":{"type":"html","value":"a &lt;b&gt;"}})"));
}

TEST(glance, shows_the_status_that_was_set_last) {
    const glance icon = glance("x").lozenge("a").icon("u");
    EXPECT_EQ(json::value(write_glance(icon)).at_pointer("/status"),
              json::parse(R"({"type":"icon","value":{"url":"u","url@2x":"u"}})"));
    const glance label = glance("x").icon("u").lozenge("a");
    EXPECT_EQ(json::value(write_glance(label)).at_pointer("/status"),
              json::parse(R"({"type":"lozenge","value":{"label":"a","type":"default"}})"));
}

std::string flaw_of(const glance& sent) {
    try {
        write_glance(sent);
        return "none";
    } catch (const config_error& error) {
        return error.what();
    }
}

std::string x(std::size_t count) {
    return std::string(count, 'x');
}

// proves: addon 6.2 label; addon 6.2 lozenge
TEST(glance, is_refused_before_sending_by_the_name_of_the_field_that_breaks_a_limit) {
    EXPECT_EQ(flaw_of(glance(x(1000))), "none");
    EXPECT_TRUE(flaw_of(glance(x(1001))).starts_with("label.value "));
    EXPECT_TRUE(flaw_of(glance(std::string(300, '<'))).starts_with("label.value "))
        << "it is counted as it is sent";
    EXPECT_TRUE(flaw_of(glance("")).starts_with("label.value "));
    EXPECT_EQ(flaw_of(glance("x").lozenge(x(20))), "none");
    EXPECT_TRUE(flaw_of(glance("x").lozenge(x(21))).starts_with("status.value.label "));
    EXPECT_TRUE(flaw_of(glance("x").lozenge("")).starts_with("status.value.label "));
    EXPECT_TRUE(flaw_of(glance("x").icon("")).starts_with("status.value.url "));
    try {
        write_glance_push({{"one", glance("1")}, {"two", glance("")}});
        FAIL() << "it was accepted";
    } catch (const config_error& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("glance[1].content.label.value "));
    }
    EXPECT_THROW(write_glance_push({}), config_error);
}

// proves: addon 6.2 lozenge
TEST(glance, has_every_lozenge_of_the_protocol) {
    EXPECT_EQ(to_string(lozenge_type::standard), "default");
    EXPECT_EQ(to_string(lozenge_type::success), "success");
    EXPECT_EQ(to_string(lozenge_type::error), "error");
    EXPECT_EQ(to_string(lozenge_type::current), "current");
    EXPECT_EQ(to_string(lozenge_type::complete), "complete");
    EXPECT_EQ(to_string(lozenge_type::moved), "moved");
    EXPECT_EQ(to_string(lozenge_type::new_), "new");
}

}  // namespace
}  // namespace hipchat::protocol
