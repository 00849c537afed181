#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "protocol/event.hpp"
#include "protocol/pattern.hpp"
#include "protocol/url.hpp"
#include "protocol/utf8.hpp"

// Rules: docs/protocol/descriptor.schema.json and addon-side.md 1. The length is that of the list
// of rules.

namespace hipchat::protocol {
namespace {

constexpr std::size_t longest_key = 40;
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_i18n = 40;
constexpr std::size_t published_nesting = 3;
constexpr std::size_t deepest_nesting = 8;

enum class module_kind { webhook, glance, web_panel, dialog, action, external_page };

constexpr std::array<std::string_view, 4> conditions_of_all = {
    "room_is_public", "user_is_admin", "user_is_guest", "user_is_room_owner"};
constexpr std::array<std::string_view, 1> conditions_of_glances = {"glance_matches"};
constexpr std::array<std::string_view, 4> conditions_of_actions = {
    "message_contains_link", "message_sent_by_current_user", "message_matches", "card_matches"};

template <class Range>
bool holds(const Range& range, std::string_view text) {
    return std::ranges::find(range, text) != range.end();
}

bool is_module_key(std::string_view key) {
    return !key.empty() && key.size() <= longest_key && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '.' || c == '-';
    });
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_api_version(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    return is_digits(text.substr(0, colon))
           && is_digits(text.substr(std::min(colon + 1, text.size())));
}

// "600px", "60%", "12.5px"
bool is_dialog_length(std::string_view text) {
    if (text.ends_with("px"))
        text.remove_suffix(2);
    else if (text.ends_with('%'))
        text.remove_suffix(1);
    else
        return false;
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return is_digits(text);
    return is_digits(text.substr(0, dot)) && is_digits(text.substr(dot + 1));
}

// `url` with a letter for each {template}; empty if a brace is left over.
std::string without_templates(std::string_view url) {
    std::string result;
    while (!url.empty()) {
        const std::size_t open = std::min(url.find('{'), url.size());
        result += url.substr(0, open);
        url.remove_prefix(open);
        if (url.empty()) break;
        const std::size_t close = url.find('}');
        if (close == std::string_view::npos) return {};
        result += 'x';
        url.remove_prefix(close + 1);
    }
    return result.find('}') == std::string::npos ? result : std::string();
}

bool is_json_object(const std::string& text) {
    json::error_code flaw;
    return json::parse(text, flaw).is_object() && !flaw;
}

std::string indexed(std::string_view list, std::size_t index) {
    return std::string(list) + '[' + std::to_string(index) + ']';
}

class linter {
public:
    explicit linter(const descriptor& value) : value_(value) {}

    std::vector<lint_finding> run() {
        check_top_level();
        check_consumer();
        collect_keys();
        check_list("webhook", value_.webhooks, &linter::check_webhook);
        check_list("glance", value_.glances, &linter::check_glance);
        check_list("webPanel", value_.web_panels, &linter::check_web_panel);
        check_list("dialog", value_.dialogs, &linter::check_dialog);
        check_list("action", value_.actions, &linter::check_action);
        check_list("externalPage", value_.external_pages, &linter::check_external_page);
        check_list("command", value_.commands, &linter::check_command);
        check_others();
        errors_.insert(errors_.end(), warnings_.begin(), warnings_.end());
        return std::move(errors_);
    }

private:
    template <class Module>
    void check_list(std::string_view name, const std::vector<Module>& modules,
                    void (linter::*check)(const std::string&, const Module&)) {
        for (std::size_t i = 0; i < modules.size(); ++i)
            (this->*check)("capabilities." + indexed(name, i), modules[i]);
    }

    void error(std::string member, std::string rule) {
        errors_.push_back({.level = lint_finding::severity::error,
                           .member = std::move(member),
                           .rule = std::move(rule)});
    }
    void warn(std::string member, std::string rule) {
        warnings_.push_back({.level = lint_finding::severity::warning,
                             .member = std::move(member),
                             .rule = std::move(rule)});
    }

    void check_top_level() {
        if (value_.key.empty()) error("key", "is missing; give the add-on a globally unique key");
        if (value_.key.find(':') != std::string::npos)
            warn("key", "holds ':', which hosts put between add-on and module keys; leave it out");
        if (value_.name.empty()) error("name", "is missing; give the add-on a name to show");
        if (!value_.api_version.empty() && !is_api_version(value_.api_version))
            error("apiVersion", R"(must be two numbers with a colon; write "1:1" or leave it out)");
        check_self();
        check_optional_url("links.homepage", value_.homepage);
        if (!value_.vendor) return;
        if (value_.vendor->name.empty())
            error("vendor.name", "is missing; a vendor needs name and url");
        if (value_.vendor->url.empty())
            error("vendor.url", "is missing; a vendor needs name and url");
    }

    void check_self() {
        const std::string& self = value_.self;
        if (self.empty())
            error("links.self", "is missing; give the URL at which this document is served");
        else if (!self.starts_with('/') && !self.starts_with("data:") && !parse_web_url(self))
            error("links.self", "must be an absolute http or https URL; correct it");
    }

    void check_consumer() {
        const std::string consumer = "capabilities.hipchatApiConsumer";
        if (value_.scopes.empty())
            warn(consumer + ".scopes",
                 "is empty, so the add-on may call nothing; name the scopes it needs");
        if (!value_.avatar) return;
        check_url(consumer + ".avatar.url", value_.avatar->url);
        check_optional_url(consumer + ".avatar.url@2x", value_.avatar->url_2x);
    }

    // Module keys share one name space, because targets are resolved by key alone.
    void collect_keys() {
        collect("webhook", value_.webhooks, module_kind::webhook);
        collect("glance", value_.glances, module_kind::glance);
        collect("webPanel", value_.web_panels, module_kind::web_panel);
        collect("dialog", value_.dialogs, module_kind::dialog);
        collect("action", value_.actions, module_kind::action);
        collect("externalPage", value_.external_pages, module_kind::external_page);
    }

    template <class Module>
    void collect(std::string_view list, const std::vector<Module>& modules, module_kind kind) {
        for (std::size_t i = 0; i < modules.size(); ++i) {
            const std::string& key = modules[i].key;
            const std::string member = "capabilities." + indexed(list, i) + ".key";
            if (key.empty() && kind == module_kind::webhook) continue;
            if (!is_module_key(key))
                error(member, "'" + key
                                  + "' must be 1 to 40 characters of A-Z a-z 0-9 _ - .; choose "
                                    "such a key");
            if (!key.empty() && !modules_.emplace(key, kind).second)
                error(member,
                      "'" + key + "' is the key of another module too; give each module its own");
        }
    }

    void check_url(const std::string& member, const std::string& url) {
        if (url.empty()) {
            error(member, "is missing; give a URL");
            return;
        }
        const bool relative_allowed = value_.self.empty() || value_.self.starts_with('/');
        const std::string plain = without_templates(url);
        if (plain.empty())
            error(member, "has an unpaired brace; write templates as {path}");
        else if (!(relative_allowed && plain.starts_with('/')) && !parse_web_url(plain))
            error(member,
                  "must be an absolute http or https URL without user or fragment; "
                  "correct it");
    }
    void check_optional_url(const std::string& member, const std::string& url) {
        if (!url.empty()) check_url(member, url);
    }

    void check_name(const std::string& member, const localized_name& name) {
        const std::size_t length = count_characters(name.value).value_or(longest_name + 1);
        if (length == 0 || length > longest_name)
            error(member + ".value", "must have 1 to 100 characters; correct it");
        if (count_characters(name.i18n).value_or(longest_i18n + 1) > longest_i18n)
            error(member + ".i18n", "must have at most 40 characters; shorten it");
    }

    void check_icon(const std::string& member, const icon& pair) {
        check_url(member + ".url", pair.url);
        check_url(member + ".url@2x", pair.url_2x);
    }

    void check_target(const std::string& member, const module_target& target,
                      std::initializer_list<module_kind> allowed) {
        if (target.key.empty()) {
            error(member, "is missing; name the module to open");
            return;
        }
        if (!target.options.empty() && !is_json_object(target.options))
            error(member + ".options", "must be a JSON object; correct it");
        const auto found = modules_.find(target.key);
        if (found == modules_.end())
            error(member,
                  "names '" + target.key
                      + "', a module that this add-on does not have; declare it, or correct the "
                        "key");
        else if (std::ranges::find(allowed, found->second) == allowed.end())
            error(member,
                  "names '" + target.key
                      + "', a module that cannot be opened from here; name a web panel, a dialog or "
                        "an external page");
    }

    bool is_known_condition(std::string_view id, module_kind kind) const {
        return holds(conditions_of_all, id)
               || (kind == module_kind::glance && holds(conditions_of_glances, id))
               || (kind == module_kind::action && holds(conditions_of_actions, id));
    }

    void check_conditions(const std::string& member, const std::vector<condition>& conditions,
                          module_kind kind, std::size_t depth = 1) {
        if (depth > deepest_nesting) {
            error(member, "nests deeper than 8 levels; flatten the conditions");
            return;
        }
        if (depth == published_nesting + 1 && !conditions.empty())
            warn(member, "nests deeper than the 3 levels of the published format; flatten it");
        for (std::size_t i = 0; i < conditions.size(); ++i)
            check_condition(indexed(member, i), conditions[i], kind, depth);
    }

    void check_condition(const std::string& member, const condition& value, module_kind kind,
                         std::size_t depth) {
        if (value.kind != condition::group::leaf) {
            if (value.members.empty())
                error(member + ".conditions", "is empty; a group needs at least one condition");
            check_conditions(member + ".conditions", value.members, kind, depth + 1);
            return;
        }
        if (value.id.empty())
            error(member + ".condition", "is missing; name a condition of addon-side.md 1.10");
        else if (!is_known_condition(value.id, kind))
            warn(member + ".condition",
                 "is not known for this module and will count as false; use "
                 "one of addon-side.md 1.10");
        if (!value.params.empty() && !is_json_object(value.params))
            error(member + ".params", "must be a JSON object; correct it");
    }

    void check_webhook(const std::string& member, const webhook& hook) {
        const std::optional<event_kind> kind = event_named(hook.event);
        if (!kind)
            error(member + ".event", "is not one of the ten events of addon-side.md 5.4; use one");
        check_url(member + ".url", hook.url);
        if (hook.authentication == authentication::none)
            warn(member + ".authentication",
                 "is none, so anybody can forge this event; declare jwt");
        if (hook.pattern.empty()) return;
        if (kind && kind != event_kind::room_message && kind != event_kind::room_notification)
            warn(member + ".pattern", "has no effect on this event; use it with room_message");
        try {
            const pattern compiled(hook.pattern);
        } catch (const config_error& flaw) {
            error(member + ".pattern", flaw.what());
        }
    }

    void check_glance(const std::string& member, const glance_module& value) {
        check_name(member + ".name", value.name);
        check_icon(member + ".icon", value.icon);
        check_optional_url(member + ".queryUrl", value.query_url);
        if (value.target)
            check_target(member + ".target", *value.target,
                         {module_kind::web_panel, module_kind::dialog, module_kind::external_page});
        check_conditions(member + ".conditions", value.conditions, module_kind::glance);
    }

    void check_web_panel(const std::string& member, const web_panel_module& panel) {
        check_name(member + ".name", panel.name);
        check_url(member + ".url", panel.url);
        if (panel.location != "hipchat.sidebar.right")
            error(member + ".location", R"(must be "hipchat.sidebar.right"; there is no other)");
        if (panel.icon) check_icon(member + ".icon", *panel.icon);
        check_conditions(member + ".conditions", panel.conditions, module_kind::web_panel);
    }

    void check_dialog(const std::string& member, const dialog_module& value) {
        check_name(member + ".title", value.title);
        check_url(member + ".url", value.url);
        if (value.options) check_dialog_options(member + ".options", *value.options);
    }

    void check_dialog_options(const std::string& member, const dialog_options& options) {
        check_size(member + ".size", options.size);
        if (options.hint) check_name(member + ".hint", *options.hint);
        // A filter without a placeholder is allowed.
        if (options.filter_placeholder && !options.filter_placeholder->value.empty())
            check_name(member + ".filter.placeholder", *options.filter_placeholder);
        if (options.primary_action)
            check_name(member + ".primaryAction.name", options.primary_action->name);
        if (!options.secondary_actions) return;
        for (std::size_t i = 0; i < options.secondary_actions->size(); ++i)
            check_name(member + '.' + indexed("secondaryActions", i) + ".name",
                       (*options.secondary_actions)[i].name);
    }

    void check_size(const std::string& member, const std::variant<std::string, dialog_size>& size) {
        constexpr std::array<std::string_view, 5> names = {"", "small", "medium", "large",
                                                           "xlarge"};
        if (const auto* name = std::get_if<std::string>(&size)) {
            if (!holds(names, *name))
                error(member, "must be small, medium, large or xlarge, or width and height");
            return;
        }
        const auto& lengths = std::get<dialog_size>(size);
        for (const auto& [name, length] :
             {std::pair(".width", &lengths.width), std::pair(".height", &lengths.height)})
            if (!is_dialog_length(*length))
                error(member + name, R"(must be a number that ends in "px" or "%"; correct it)");
    }

    void check_action(const std::string& member, const action_module& value) {
        check_name(member + ".name", value.name);
        check_target(member + ".target", value.target,
                     {module_kind::web_panel, module_kind::dialog, module_kind::external_page,
                      module_kind::glance});
        check_conditions(member + ".conditions", value.conditions, module_kind::action);
    }

    void check_external_page(const std::string& member, const external_page_module& page) {
        if (!page.name.value.empty()) check_name(member + ".name", page.name);
        check_url(member + ".url", page.url);
    }

    void check_command(const std::string& member, const command_info& command) {
        if (command.name.empty()) error(member + ".name", "is missing; name the command");
    }

    void check_others() {
        const std::string offers = "capabilities.";
        if (!value_.allow_room && !value_.allow_global)
            error(offers + "installable", "allows neither room nor global installs; allow one");
        const installable& urls = value_.installable;
        if (urls.callback_url.empty() && urls.installed_url.empty())
            warn(offers + "installable.callbackUrl",
                 "is missing, so the add-on will not learn of installs; give a URL");
        check_optional_url(offers + "installable.callbackUrl", urls.callback_url);
        check_optional_url(offers + "installable.updateCallbackUrl", urls.update_callback_url);
        check_optional_url(offers + "installable.installedUrl", urls.installed_url);
        check_optional_url(offers + "installable.updatedUrl", urls.updated_url);
        check_optional_url(offers + "installable.uninstalledUrl", urls.uninstalled_url);
        if (value_.configurable) check_url(offers + "configurable.url", value_.configurable->url);
        check_optional_url(offers + "adminPage.url", value_.admin_page);
        for (std::size_t i = 0; i < value_.redirection_urls.size(); ++i)
            check_url(offers + "oauth2Consumer." + indexed("redirectionUrls", i),
                      value_.redirection_urls[i]);
        check_optional_url(offers + "oauth2Provider.authorizationUrl",
                           value_.oauth2_authorization_url);
        check_optional_url(offers + "oauth2Provider.tokenUrl", value_.oauth2_token_url);
        if (!value_.extra_members.empty() && !is_json_object(value_.extra_members))
            error("extra_members", "must be a JSON object; correct it");
        if (!value_.extra_capabilities.empty() && !is_json_object(value_.extra_capabilities))
            error("extra_capabilities", "must be a JSON object; correct it");
    }

    const descriptor& value_;
    std::map<std::string, module_kind, std::less<>> modules_;
    std::vector<lint_finding> errors_;
    std::vector<lint_finding> warnings_;
};

}  // namespace

std::vector<lint_finding> lint(const descriptor& value) {
    return linter(value).run();
}

}  // namespace hipchat::protocol
