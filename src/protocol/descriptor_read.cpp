#include <algorithm>
#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "protocol/members.hpp"

// {"key", "name", "description", "apiVersion", "vendor": {...}, "links": {"self", "homepage"},
//  "capabilities": {"installable", "hipchatApiConsumer", "webhook": [...], "glance": [...],
//                   "webPanel": [...], "dialog": [...], "action": [...], "externalPage": [...],
//                   "configurable", "adminPage", "oauth2Consumer", "oauth2Provider",
//                   "command": [...]}}

namespace hipchat::protocol {
namespace {

std::string text_or_empty(const members& from, std::string_view name) {
    return from.text(name).value_or("");
}

// JSON text of an object member; empty if absent.
std::string object_text(const members& from, std::string_view name) {
    const json::object* value = from.object(name);
    return value == nullptr ? std::string() : json::serialize(*value);
}

std::vector<std::string> texts(const members& from, std::string_view name) {
    std::vector<std::string> result;
    const json::array* elements = from.array(name);
    if (elements == nullptr) return result;
    for (const json::value& element : *elements) {
        const json::string* text = element.if_string();
        if (text == nullptr) throw protocol_error(from.path_of(name), "must hold texts only");
        result.emplace_back(text->data(), text->size());
    }
    return result;
}

authentication read_authentication(const members& from, authentication absent) {
    const std::optional<std::string> value = from.text("authentication");
    if (!value) return absent;
    if (*value == "jwt") return authentication::jwt;
    if (*value == "none") return authentication::none;
    throw protocol_error(from.path_of("authentication"), R"(must be "jwt" or "none")");
}

localized_name name_in(const members& from) {
    from.refuse_others({"value", "i18n"});
    return {text_or_empty(from, "value"), text_or_empty(from, "i18n")};
}

std::optional<localized_name> read_name(const members& from, std::string_view name) {
    const json::value* value = from.find(name);
    if (value != nullptr && !value->is_object())
        throw protocol_error(from.path_of(name), R"(must be an object; write {"value": text})");
    const std::optional<members> inner = from.inner(name);
    if (!inner) return std::nullopt;
    return name_in(*inner);
}

icon icon_in(const members& from) {
    return {.url = text_or_empty(from, "url"), .url_2x = text_or_empty(from, "url@2x")};
}

std::optional<icon> read_icon(const members& from, std::string_view name) {
    const std::optional<members> inner = from.inner(name);
    if (!inner) return std::nullopt;
    return icon_in(*inner);
}

// An icon, or its URL alone.
std::optional<icon> read_avatar(const members& from) {
    const json::value* value = from.find("avatar");
    if (value == nullptr || !value->is_string()) return read_icon(from, "avatar");
    return icon{.url = text_or_empty(from, "avatar"), .url_2x = {}};
}

std::optional<module_target> read_target(const members& from) {
    const json::value* value = from.find("target");
    if (value == nullptr) return std::nullopt;
    if (value->is_string())
        return module_target{.key = text_or_empty(from, "target"), .options = {}};
    const members inner(from.required_object("target"), from.path_of("target"));
    return module_target{.key = text_or_empty(inner, "key"),
                         .options = object_text(inner, "options")};
}

std::vector<condition> read_conditions(const members& from);

condition read_group(const members& from) {
    from.refuse_others({"type", "conditions"});
    const std::string type = text_or_empty(from, "type");
    condition group;
    if (type == "and" || type == "AND")
        group.kind = condition::group::all;
    else if (type == "or" || type == "OR")
        group.kind = condition::group::any;
    else
        throw protocol_error(from.path_of("type"), R"(must be "and" or "or")");
    group.members = read_conditions(from);
    return group;
}

condition read_leaf(const members& from) {
    from.refuse_others({"condition", "invert", "params"});
    condition leaf;
    leaf.id = text_or_empty(from, "condition");
    leaf.invert = from.boolean("invert").value_or(false);
    leaf.params = object_text(from, "params");
    return leaf;
}

// Nesting is bounded by parse_strict.
std::vector<condition> read_conditions(const members& from) {
    std::vector<condition> result;
    for (const members& each : from.list("conditions"))
        result.push_back(each.find("type") != nullptr ? read_group(each) : read_leaf(each));
    return result;
}

webhook read_webhook(const members& from, authentication absent) {
    webhook hook;
    hook.event = text_or_empty(from, "event");
    hook.url = text_or_empty(from, "url");
    hook.pattern = text_or_empty(from, "pattern");
    hook.name = text_or_empty(from, "name");
    hook.key = text_or_empty(from, "key");
    hook.authentication = read_authentication(from, absent);
    return hook;
}

glance_module read_glance(const members& from) {
    glance_module result;
    result.key = text_or_empty(from, "key");
    result.name = read_name(from, "name").value_or(localized_name());
    result.icon = read_icon(from, "icon").value_or(icon());
    result.query_url = text_or_empty(from, "queryUrl");
    result.target = read_target(from);
    result.weight = from.integer("weight").value_or(result.weight);
    result.conditions = read_conditions(from);
    return result;
}

web_panel_module read_web_panel(const members& from) {
    web_panel_module panel;
    panel.key = text_or_empty(from, "key");
    panel.name = read_name(from, "name").value_or(localized_name());
    panel.url = text_or_empty(from, "url");
    panel.icon = read_icon(from, "icon");
    panel.weight = from.integer("weight").value_or(panel.weight);
    panel.authentication = read_authentication(from, authentication::jwt);
    panel.conditions = read_conditions(from);
    panel.location = text_or_empty(from, "location");
    return panel;
}

dialog_button read_button(const members& from) {
    dialog_button button;
    button.name = read_name(from, "name").value_or(localized_name());
    button.key = text_or_empty(from, "key");
    button.enabled = from.boolean("enabled").value_or(true);
    return button;
}

dialog_options::style read_style(const members& from) {
    const std::string style = from.text("style").value_or("normal");
    if (style == "normal") return dialog_options::style::normal;
    if (style == "warning") return dialog_options::style::warning;
    throw protocol_error(from.path_of("style"), R"(must be "normal" or "warning")");
}

dialog_options read_dialog_options(const members& from) {
    from.refuse_others({"style", "size", "hint", "filter", "primaryAction", "secondaryActions"});
    dialog_options options;
    options.look = read_style(from);
    const json::value* size = from.find("size");
    if (size != nullptr && size->is_object()) {
        const members inner(size->get_object(), from.path_of("size"));
        options.size = dialog_size{.width = text_or_empty(inner, "width"),
                                   .height = text_or_empty(inner, "height")};
    } else {
        options.size = text_or_empty(from, "size");
    }
    options.hint = read_name(from, "hint");
    if (const std::optional<members> filter = from.inner("filter"))
        options.filter_placeholder = read_name(*filter, "placeholder").value_or(localized_name());
    if (const std::optional<members> primary = from.inner("primaryAction"))
        options.primary_action = read_button(*primary);
    if (from.array("secondaryActions") != nullptr) {
        std::vector<dialog_button>& buttons = options.secondary_actions.emplace();
        for (const members& each : from.list("secondaryActions"))
            buttons.push_back(read_button(each));
    }
    return options;
}

dialog_module read_dialog(const members& from) {
    dialog_module result;
    result.key = text_or_empty(from, "key");
    result.title = read_name(from, "title").value_or(localized_name());
    result.url = text_or_empty(from, "url");
    result.authentication = read_authentication(from, authentication::jwt);
    if (const std::optional<members> options = from.inner("options"))
        result.options = read_dialog_options(*options);
    return result;
}

// `url` is ignored: one library adds it by mistake (addon-side.md 1.8).
action_module read_action(const members& from) {
    action_module result;
    result.key = text_or_empty(from, "key");
    result.name = read_name(from, "name").value_or(localized_name());
    const std::string location = text_or_empty(from, "location");
    if (location == "hipchat.message.action")
        result.location = action_module::place::message;
    else if (location == "hipchat.input.action")
        result.location = action_module::place::input;
    else
        throw protocol_error(from.path_of("location"),
                             R"(must be "hipchat.message.action" or "hipchat.input.action")");
    result.target = read_target(from).value_or(module_target());
    result.weight = from.integer("weight").value_or(result.weight);
    result.conditions = read_conditions(from);
    return result;
}

external_page_module read_external_page(const members& from) {
    from.refuse_others({"key", "name", "url"});
    return {.key = text_or_empty(from, "key"),
            .name = read_name(from, "name").value_or(localized_name()),
            .url = text_or_empty(from, "url")};
}

configurable read_configurable(const members& from) {
    return {.url = text_or_empty(from, "url"),
            .authentication = read_authentication(from, authentication::jwt),
            .allow_access_to_room_admins = from.boolean("allowAccessToRoomAdmins").value_or(false)};
}

command_info read_command(const members& from) {
    return {.name = text_or_empty(from, "name"),
            .usage = text_or_empty(from, "usage"),
            .description = text_or_empty(from, "description"),
            .aliases = texts(from, "aliases")};
}

void read_installable(const members& from, descriptor& to) {
    to.allow_room = from.boolean("allowRoom").value_or(true);
    to.allow_global = from.boolean("allowGlobal").value_or(true);
    to.installable.callback_url = text_or_empty(from, "callbackUrl");
    to.installable.update_callback_url = text_or_empty(from, "updateCallbackUrl");
    to.installable.installed_url = text_or_empty(from, "installedUrl");
    to.installable.updated_url = text_or_empty(from, "updatedUrl");
    to.installable.uninstalled_url = text_or_empty(from, "uninstalledUrl");
}

void read_api_consumer(const members& from, descriptor& to) {
    for (const std::string& name : texts(from, "scopes")) {
        const std::optional<scope> value = scope_named(name);
        if (!value)
            throw protocol_error(
                from.path_of("scopes"),
                "names a scope that does not exist; use those of addon-side.md 3.3");
        to.scopes.push_back(*value);
    }
    to.from_name = text_or_empty(from, "fromName");
    to.avatar = read_avatar(from);
}

// The members that are none of `known`, as one JSON object; empty if there are none.
std::string extra_text(const json::object& from, std::initializer_list<std::string_view> known) {
    json::object extra;
    for (const auto& member : from)
        if (std::ranges::find(known, std::string_view(member.key())) == known.end())
            extra.emplace(member.key(), member.value());
    return extra.empty() ? std::string() : json::serialize(extra);
}

void read_modules(const members& from, authentication webhook_default, descriptor& to) {
    for (const members& each : from.list("webhook"))
        to.webhooks.push_back(read_webhook(each, webhook_default));
    for (const members& each : from.list("glance"))
        to.glances.push_back(read_glance(each));
    for (const members& each : from.list("webPanel"))
        to.web_panels.push_back(read_web_panel(each));
    for (const members& each : from.list("dialog"))
        to.dialogs.push_back(read_dialog(each));
    for (const members& each : from.list("action"))
        to.actions.push_back(read_action(each));
    for (const members& each : from.list("externalPage"))
        to.external_pages.push_back(read_external_page(each));
    for (const members& each : from.list("command"))
        to.commands.push_back(read_command(each));
}

void read_capabilities(const members& from, authentication webhook_default, descriptor& to) {
    read_modules(from, webhook_default, to);
    if (const auto installable = from.inner("installable")) read_installable(*installable, to);
    if (const auto consumer = from.inner("hipchatApiConsumer")) read_api_consumer(*consumer, to);
    if (const auto page = from.inner("configurable")) to.configurable = read_configurable(*page);
    if (const auto page = from.inner("adminPage")) to.admin_page = text_or_empty(*page, "url");
    if (const auto consumer = from.inner("oauth2Consumer"))
        to.redirection_urls = texts(*consumer, "redirectionUrls");
    if (const auto provider = from.inner("oauth2Provider")) {
        to.oauth2_authorization_url = text_or_empty(*provider, "authorizationUrl");
        to.oauth2_token_url = text_or_empty(*provider, "tokenUrl");
    }
    to.extra_capabilities = extra_text(
        from.object(), {"webhook", "glance", "webPanel", "dialog", "action", "externalPage",
                        "command", "installable", "hipchatApiConsumer", "configurable", "adminPage",
                        "oauth2Consumer", "oauth2Provider"});
}

vendor read_vendor(const members& from) {
    from.refuse_others({"name", "url"});
    return {.name = text_or_empty(from, "name"), .url = text_or_empty(from, "url")};
}

void require_top_level(const members& document) {
    document.required_text("key");
    document.required_text("name");
    if (!document.text("description"))
        throw protocol_error("description", "is missing; give a text, which may be empty");
    members(document.required_object("links"), "links").required_text("self");
}

}  // namespace

descriptor read_descriptor(std::string_view text, bool partial) {
    const json::value value = parse_strict_object(text);
    const members document(value.get_object(), "");
    if (!partial) require_top_level(document);
    descriptor result;
    result.key = text_or_empty(document, "key");
    result.name = text_or_empty(document, "name");
    result.description = text_or_empty(document, "description");
    result.api_version = text_or_empty(document, "apiVersion");
    if (const auto vendor = document.inner("vendor")) result.vendor = read_vendor(*vendor);
    if (const auto links = document.inner("links")) {
        result.self = text_or_empty(*links, "self");
        result.homepage = text_or_empty(*links, "homepage");
    }
    const authentication webhook_default = partial ? authentication::jwt : authentication::none;
    if (const auto capabilities = document.inner("capabilities"))
        read_capabilities(*capabilities, webhook_default, result);
    result.extra_members =
        extra_text(document.object(),
                   {"key", "name", "description", "apiVersion", "vendor", "links", "capabilities"});
    return result;
}

}  // namespace hipchat::protocol
