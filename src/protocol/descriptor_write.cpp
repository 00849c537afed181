#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"

// The layout is drawn in descriptor_read.cpp.

namespace hipchat::protocol {
namespace {

// A member that is left out when its text is empty.
void put(json::object& to, std::string_view name, const std::string& text) {
    if (!text.empty()) to[name] = text;
}

// A member that holds JSON text; left out when empty.
void put_object(json::object& to, std::string_view name, const std::string& text) {
    if (text.empty()) return;
    json::error_code flaw;
    json::value value = json::parse(text, flaw);
    if (flaw || !value.is_object())
        throw config_error(std::string(name) + " is not a JSON object; write one, or leave it out");
    to[name] = std::move(value);
}

// The members of the JSON object in `text`, beside those that `to` has already.
void put_extra(json::object& to, std::string_view name, const std::string& text) {
    json::object holder;
    put_object(holder, name, text);
    if (holder.empty()) return;
    for (auto& member : holder.begin()->value().get_object())
        to.emplace(member.key(), std::move(member.value()));
}

template <class Value, class Write>
void put_list(json::object& to, std::string_view name, const std::vector<Value>& values,
              Write write) {
    if (values.empty()) return;
    json::array& list = to[name].emplace_array();
    for (const Value& value : values)
        list.push_back(write(value));
}

json::array write_texts(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts)
        list.push_back(json::string(text));
    return list;
}

json::object write_name(const localized_name& name) {
    json::object result;
    result["value"] = name.value;
    put(result, "i18n", name.i18n);
    return result;
}

json::object write_icon(const icon& value) {
    json::object result;
    result["url"] = value.url;
    put(result, "url@2x", value.url_2x);
    return result;
}

json::value write_target(const module_target& target) {
    if (target.options.empty()) return json::string(target.key);
    json::object result;
    result["key"] = target.key;
    put_object(result, "options", target.options);
    return result;
}

json::object write_condition(const condition& value) {
    json::object result;
    if (value.kind != condition::group::leaf) {
        result["type"] = value.kind == condition::group::all ? "and" : "or";
        json::array& list = result["conditions"].emplace_array();
        for (const condition& member : value.members)
            list.push_back(write_condition(member));
        return result;
    }
    result["condition"] = value.id;
    if (value.invert) result["invert"] = true;
    put_object(result, "params", value.params);
    return result;
}

std::string_view name_of(authentication value) {
    return value == authentication::jwt ? "jwt" : "none";
}

// Where jwt is the default.
void put_authentication(json::object& to, authentication value) {
    if (value != authentication::jwt) to["authentication"] = name_of(value);
}

void put_weight(json::object& to, int weight) {
    constexpr int default_weight = 100;
    if (weight != default_weight) to["weight"] = weight;
}

json::object write_webhook(const webhook& hook) {
    json::object result;
    put(result, "key", hook.key);
    put(result, "name", hook.name);
    result["event"] = hook.event;
    put(result, "pattern", hook.pattern);
    result["url"] = hook.url;
    result["authentication"] = name_of(hook.authentication);
    return result;
}

json::object write_glance(const glance_module& value) {
    json::object result;
    result["key"] = value.key;
    result["name"] = write_name(value.name);
    result["icon"] = write_icon(value.icon);
    put(result, "queryUrl", value.query_url);
    if (value.target) result["target"] = write_target(*value.target);
    put_weight(result, value.weight);
    put_list(result, "conditions", value.conditions, write_condition);
    return result;
}

json::object write_web_panel(const web_panel_module& panel) {
    json::object result;
    result["key"] = panel.key;
    result["name"] = write_name(panel.name);
    result["location"] = panel.location;
    result["url"] = panel.url;
    if (panel.icon) result["icon"] = write_icon(*panel.icon);
    put_weight(result, panel.weight);
    put_authentication(result, panel.authentication);
    put_list(result, "conditions", panel.conditions, write_condition);
    return result;
}

json::object write_button(const dialog_button& button) {
    json::object result;
    result["name"] = write_name(button.name);
    put(result, "key", button.key);
    if (!button.enabled) result["enabled"] = false;
    return result;
}

json::object write_dialog_options(const dialog_options& options) {
    json::object result;
    if (options.look == dialog_options::style::warning) result["style"] = "warning";
    if (const auto* size = std::get_if<dialog_size>(&options.size)) {
        json::object& lengths = result["size"].emplace_object();
        lengths["width"] = size->width;
        lengths["height"] = size->height;
    } else {
        put(result, "size", std::get<std::string>(options.size));
    }
    if (options.hint) result["hint"] = write_name(*options.hint);
    if (options.filter_placeholder) {
        json::object& filter = result["filter"].emplace_object();
        if (!options.filter_placeholder->value.empty())
            filter["placeholder"] = write_name(*options.filter_placeholder);
    }
    if (options.primary_action) result["primaryAction"] = write_button(*options.primary_action);
    if (options.secondary_actions) {
        json::array& buttons = result["secondaryActions"].emplace_array();
        for (const dialog_button& button : *options.secondary_actions)
            buttons.push_back(write_button(button));
    }
    return result;
}

json::object write_dialog(const dialog_module& value) {
    json::object result;
    result["key"] = value.key;
    result["title"] = write_name(value.title);
    result["url"] = value.url;
    put_authentication(result, value.authentication);
    if (value.options) result["options"] = write_dialog_options(*value.options);
    return result;
}

json::object write_action(const action_module& value) {
    json::object result;
    result["key"] = value.key;
    result["name"] = write_name(value.name);
    result["location"] = value.location == action_module::place::message ? "hipchat.message.action"
                                                                         : "hipchat.input.action";
    result["target"] = write_target(value.target);
    put_weight(result, value.weight);
    put_list(result, "conditions", value.conditions, write_condition);
    return result;
}

json::object write_external_page(const external_page_module& page) {
    json::object result;
    result["key"] = page.key;
    if (!page.name.value.empty()) result["name"] = write_name(page.name);
    result["url"] = page.url;
    return result;
}

json::object write_configurable(const configurable& page) {
    json::object result;
    result["url"] = page.url;
    put_authentication(result, page.authentication);
    if (page.allow_access_to_room_admins) result["allowAccessToRoomAdmins"] = true;
    return result;
}

json::object write_command(const command_info& command) {
    json::object result;
    result["name"] = command.name;
    put(result, "usage", command.usage);
    put(result, "description", command.description);
    if (!command.aliases.empty()) result["aliases"] = write_texts(command.aliases);
    return result;
}

json::object write_installable(const descriptor& value) {
    json::object result;
    put(result, "callbackUrl", value.installable.callback_url);
    put(result, "updateCallbackUrl", value.installable.update_callback_url);
    put(result, "installedUrl", value.installable.installed_url);
    put(result, "updatedUrl", value.installable.updated_url);
    put(result, "uninstalledUrl", value.installable.uninstalled_url);
    result["allowRoom"] = value.allow_room;
    result["allowGlobal"] = value.allow_global;
    return result;
}

json::object write_api_consumer(const descriptor& value) {
    json::object result;
    json::array& scopes = result["scopes"].emplace_array();
    for (const scope each : value.scopes)
        scopes.push_back(json::string(to_string(each)));
    put(result, "fromName", value.from_name);
    if (value.avatar) result["avatar"] = write_icon(*value.avatar);
    return result;
}

json::object write_capabilities(const descriptor& value) {
    json::object result;
    result["installable"] = write_installable(value);
    if (!value.scopes.empty() || !value.from_name.empty() || value.avatar)
        result["hipchatApiConsumer"] = write_api_consumer(value);
    put_list(result, "webhook", value.webhooks, write_webhook);
    put_list(result, "glance", value.glances, write_glance);
    put_list(result, "webPanel", value.web_panels, write_web_panel);
    put_list(result, "dialog", value.dialogs, write_dialog);
    put_list(result, "action", value.actions, write_action);
    put_list(result, "externalPage", value.external_pages, write_external_page);
    if (value.configurable) result["configurable"] = write_configurable(*value.configurable);
    if (!value.admin_page.empty())
        put(result["adminPage"].emplace_object(), "url", value.admin_page);
    if (!value.redirection_urls.empty())
        result["oauth2Consumer"].emplace_object()["redirectionUrls"] =
            write_texts(value.redirection_urls);
    if (!value.oauth2_authorization_url.empty() || !value.oauth2_token_url.empty()) {
        json::object& provider = result["oauth2Provider"].emplace_object();
        put(provider, "authorizationUrl", value.oauth2_authorization_url);
        put(provider, "tokenUrl", value.oauth2_token_url);
    }
    put_list(result, "command", value.commands, write_command);
    put_extra(result, "extra_capabilities", value.extra_capabilities);
    return result;
}

}  // namespace

json::object write_descriptor(const descriptor& value) {
    json::object document;
    document["key"] = value.key;
    document["name"] = value.name;
    document["description"] = value.description;
    put(document, "apiVersion", value.api_version);
    if (value.vendor) {
        json::object& vendor = document["vendor"].emplace_object();
        vendor["name"] = value.vendor->name;
        vendor["url"] = value.vendor->url;
    }
    json::object& links = document["links"].emplace_object();
    put(links, "self", value.self);
    put(links, "homepage", value.homepage);
    document["capabilities"] = write_capabilities(value);
    put_extra(document, "extra_members", value.extra_members);
    return document;
}

}  // namespace hipchat::protocol
