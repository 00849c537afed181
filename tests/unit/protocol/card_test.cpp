#include "protocol/card.hpp"

#include <gtest/gtest.h>

#include "fixture.hpp"
#include "hipchat/errors.hpp"
#include "protocol/message.hpp"

namespace hipchat::protocol {
namespace {

json::value written(const card& value) {
    return write_card(value, "card");
}

card build_812() {
    json::object metadata;
    metadata["build"] = 812;
    metadata["canRetry"] = true;
    return card::application("deploybell/build/812", "Build 812 failed")
        .format(card_format::medium)
        .url("https://addon.example.test/builds/812")
        .description("<b>staging</b> stopped at <i>unit tests</i>", message_format::html)
        .icon("https://addon.example.test/img/bell.png",
              "https://addon.example.test/img/bell@2x.png")
        .thumbnail(card_thumbnail("https://addon.example.test/img/graph.png")
                       .dense("https://addon.example.test/img/graph@2x.png")
                       .sized(320, 120))
        .attribute("status", "FAILED", lozenge_type::error)
        .attribute(card_attribute("Ada Lindqvist")
                       .label("author")
                       .url("https://addon.example.test/people/ada")
                       .icon("https://addon.example.test/img/ada.png"))
        .activity("Ada's push broke <b>build 812</b>", "https://addon.example.test/img/fail.png")
        .metadata(metadata);
}

// proves: addon 8.2 style; addon 8.2 format; addon 8.2 attributes; addon 8.2 activity
// proves: addon 8.2 metadata; addon 8.2 icon; addon 8.2 thumbnail
TEST(card, of_an_application_is_written_as_in_the_sample) {
    EXPECT_EQ(written(build_812()), test::fixture_json("card.application.json"));
}

// proves: addon 8.2 style
TEST(card, of_a_link_is_written_as_in_the_sample) {
    const card made =
        card::link("link-1", "Quiet release", "https://news.example.test/item/7")
            .description("What changed in the quiet release")
            .icon("https://news.example.test/fav.png")
            .thumbnail(card_thumbnail("https://news.example.test/t/7.png").sized(120, 90));
    EXPECT_EQ(written(made), test::fixture_json("card.link.json"));
}

// proves: addon 8.2 style
TEST(card, of_an_image_is_written_as_in_the_sample) {
    const card made = card::image("image-1", "cat.png", "https://img.example.test/cat.png")
                          .thumbnail(card_thumbnail("https://img.example.test/cat_s.png")
                                         .dense("https://img.example.test/cat_s2.png")
                                         .sized(640, 480));
    EXPECT_EQ(written(made), test::fixture_json("card.image.json"));
}

// proves: addon 8.2 style
TEST(card, of_a_file_is_written_as_in_the_sample) {
    EXPECT_EQ(written(card::file("file-1", "build-812.log",
                                 "https://hipchat.example.test/files/1/117/aZ3kP0q/build-812.log")),
              test::fixture_json("card.file.json"));
}

// proves: addon 8.2 style
TEST(card, of_media_is_written_as_in_the_sample) {
    const card made =
        card::media("media-1", "Stand-up, recorded", "https://video.example.test/v/9")
            .description("Four minutes", message_format::text)
            .thumbnail(card_thumbnail("https://video.example.test/v/9.jpg").sized(480, 270));
    EXPECT_EQ(written(made), test::fixture_json("card.media.json"));
}

// proves: addon 8.1 card; addon 8.1 attach_to
TEST(card, goes_with_a_notification_as_in_the_sample) {
    const notification sent = notification("Build 812 failed on staging")
                                  .from("CI")
                                  .in(color::red)
                                  .notify()
                                  .attach_to("1f0a6c52-83f4-4c0e-9a7b-0d5b6f1e2a90")
                                  .card(build_812());
    EXPECT_EQ(json::value(write_notification(sent)),
              test::fixture_json("notification.request.json"));
}

TEST(card, takes_metadata_member_by_member) {
    const card one = card::application("a", "b").metadata("build", 812);
    const card two = card(one).metadata("canRetry", true);
    EXPECT_EQ(one.metadata()->size(), 1U) << "a copy was changed with its original";
    EXPECT_EQ(written(two).at("metadata"),
              test::fixture_json("card.application.json").at("metadata"));
}

std::string flaw_of(const card& sent) {
    try {
        write_notification(notification("x").card(sent));
        return "none";
    } catch (const config_error& error) {
        return error.what();
    }
}

std::string x(std::size_t count) {
    return std::string(count, 'x');
}

struct limit {
    std::string field;
    card within;
    card beyond;
};

card plain() {
    return card::application("1", "t");
}

card with_attributes(int count) {
    card made = plain();
    for (int i = 0; i < count; ++i)
        made.attribute("a", "b");
    return made;
}

// proves: addon 8.2 id title; addon 8.2 description; addon 8.2 thumbnail
// proves: addon 8.2 attributes; addon 8.2 activity
TEST(card, is_refused_before_sending_by_the_name_of_the_field_that_breaks_a_limit) {
    const auto picture = [](std::size_t length) { return card_thumbnail(x(length)); };
    const std::vector<limit> limits = {
        {"card.id", card::file("1", "t", "u"), card::file("", "t", "u")},
        {"card.title", card::file("1", x(500), "u"), card::file("1", x(501), "u")},
        {"card.title", plain(), card::application("1", "")},
        {"card.description", plain().description(x(500)), plain().description(x(501))},
        {"card.description", plain().description(""), card::link("1", "t", "u")},
        {"card.description.value", plain().description(x(1000), message_format::html),
         plain().description(x(1001), message_format::html)},
        {"card.description.value", plain(), plain().description("", message_format::text)},
        {"card.url", card::image("1", "t", "u"), card::image("1", "t", "")},
        {"card.url", plain().url("u"), plain().url("\xFF")},
        {"card.icon.url", plain().icon("u"), plain().icon("\xFF")},
        {"card.icon.url@2x", plain().icon("u", "v"), plain().icon("u", "\xFF")},
        {"card.thumbnail.url", plain().thumbnail(picture(250)), plain().thumbnail(picture(251))},
        {"card.thumbnail.url", plain(), plain().thumbnail(picture(0))},
        {"card.thumbnail.url@2x", plain().thumbnail(picture(1).dense(x(250))),
         plain().thumbnail(picture(1).dense(x(251)))},
        {"card.thumbnail.width", plain().thumbnail(picture(1).sized(1, 1)),
         plain().thumbnail(picture(1).sized(0, 1))},
        {"card.thumbnail.height", plain(), plain().thumbnail(picture(1).sized(1, -1))},
        {"card.attributes", with_attributes(10), with_attributes(11)},
        {"card.attributes[0].label", plain().attribute(x(50), "v"), plain().attribute(x(51), "v")},
        {"card.attributes[0].label", plain(), plain().attribute("", "v")},
        {"card.attributes[1].value.label", plain().attribute("a", "v"),
         plain().attribute("a", "v").attribute("b", "")},
        {"card.attributes[0].value.style", plain().attribute("a", "v", lozenge_type::moved),
         plain().attribute("a", "v", lozenge_type::new_)},
        {"card.activity.html", plain().activity("h"), plain().activity("")},
    };
    for (const limit& each : limits) {
        EXPECT_EQ(flaw_of(each.within), "none") << each.field;
        EXPECT_TRUE(flaw_of(each.beyond).starts_with(each.field + " ")) << flaw_of(each.beyond);
    }
}

// proves: addon 8.2 attributes
TEST(card, has_every_lozenge_of_the_protocol) {
    const std::vector<std::pair<lozenge_type, std::string>> styles = {
        {lozenge_type::standard, "lozenge"},          {lozenge_type::success, "lozenge-success"},
        {lozenge_type::error, "lozenge-error"},       {lozenge_type::current, "lozenge-current"},
        {lozenge_type::complete, "lozenge-complete"}, {lozenge_type::moved, "lozenge-moved"}};
    for (const auto& [type, name] : styles)
        EXPECT_EQ(
            written(plain().attribute("a", "v", type)).at_pointer("/attributes/0/value/style"),
            json::value(name));
}

}  // namespace
}  // namespace hipchat::protocol
