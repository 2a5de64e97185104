using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SpotifyCore.Hosting.Options;

/// <summary>
/// Binds settings to options classes and knows every key that a class has, so that a misspelt one is an
/// error instead of a silent default. Properties may be text, numbers, switches, times, enums, or an
/// array of texts (comma-separated, or one by one under an index). Used while a host is built, by one thread.
/// </summary>
public sealed class StrictOptions(IConfigurationRoot settings)
{
    private const DynamicallyAccessedMemberTypes Bound =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private readonly SortedDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lists = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the command line asks for the options instead of a run.</summary>
    public bool IsHelp => settings[CommandLine.HelpKey] is not null;

    /// <summary>A line for each option that was claimed: its name, what it takes, and what it is unless set.</summary>
    public IEnumerable<string> Describe() => _known.Select(static known => $"  --{known.Key} {known.Value}");

    /// <summary>Reads a new <typeparamref name="T"/> and claims its keys.</summary>
    /// <param name="section">Where its keys stand; empty for the top.</param>
    /// <exception cref="OptionsException">A value can't be understood.</exception>
    public T Read<[DynamicallyAccessedMembers(Bound)] T>(string section = "")
        where T : class, new()
    {
        var options = new T();
        Apply(options, section);
        return options;
    }

    /// <summary>Sets what the settings mention, leaves the rest as it is, and claims the keys.</summary>
    /// <exception cref="OptionsException">A value can't be understood.</exception>
    public void Apply<[DynamicallyAccessedMembers(Bound)] T>(T options, string section = "")
        where T : class
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true })
                continue;

            var key = Claim(property, section, options);
            if (property.PropertyType == typeof(string[]))
                SetList(options, property, key);
            else if (settings[key] is { } text)
                property.SetValue(options, Parse(property.PropertyType, key, text));
        }
    }

    /// <summary>Claims the keys of <typeparamref name="T"/> without reading them.</summary>
    public void Claim<[DynamicallyAccessedMembers(Bound)] T>(string section = "")
    {
        var defaults = Activator.CreateInstance<T>()!;
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true })
                Claim(property, section, defaults);
        }
    }

    /// <summary>Throws when the settings hold a key that nobody claimed. Call when everything is bound.</summary>
    /// <exception cref="OptionsException">Names each such key and where it stands.</exception>
    public void RejectUnknown()
    {
        var unknown = settings.Providers
            .SelectMany(provider => Leaves(provider, null).Select(key => (Provider: provider, Key: key)))
            .Where(leaf => !IsKnown(leaf.Key))
            .Select(leaf => $"'{leaf.Key}' ({OptionSources.NameOf(leaf.Provider)})")
            .ToList();
        if (unknown.Count > 0)
        {
            throw new OptionsException(
                $"unknown option {string.Join(", ", unknown)}; there are: {string.Join(", ", _known.Keys)}");
        }
    }

    private static IEnumerable<string> Leaves(IConfigurationProvider provider, string? path)
    {
        foreach (var child in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = path is null ? child : ConfigurationPath.Combine(path, child);
            if (provider.TryGet(key, out var value) && value is not null)
                yield return key;

            foreach (var leaf in Leaves(provider, key))
                yield return leaf;
        }
    }

    private static object Parse(Type type, string key, string text) =>
        OptionValue.Parse(type, text)
        ?? throw new OptionsException($"option '{key}' can't be '{text}': it must be {OptionValue.Describe(type)}");

    private string Claim(PropertyInfo property, string section, object defaults)
    {
        var key = section.Length == 0 ? property.Name : ConfigurationPath.Combine(section, property.Name);
        var unless = Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture);
        var form = OptionValue.NameOf(property.PropertyType);
        var isTold = unless is { Length: > 0 } && property.PropertyType != typeof(string[]);
        _known.TryAdd(key, isTold ? $"{form} [{unless}]" : form);
        if (property.PropertyType == typeof(string[]))
            _lists.Add(key);

        return key;
    }

    private void SetList(object options, PropertyInfo property, string key)
    {
        // The last source that mentions the list decides alone: lists are replaced, not merged by index.
        foreach (var provider in settings.Providers.Reverse())
        {
            if (provider.TryGet(key, out var text) && text is not null)
            {
                const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
                property.SetValue(options, text.Split(',', Clean));
                return;
            }

            var items =
                Leaves(provider, key).Select(leaf => provider.TryGet(leaf, out var item) ? item! : "").ToArray();
            if (items.Length == 0)
                continue;

            property.SetValue(options, items);
            return;
        }
    }

    private bool IsKnown(string key) =>
        _known.ContainsKey(key)
        || key.Equals(CommandLine.HelpKey, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
        || key.Equals(OptionSources.PasswordVariable[OptionSources.Prefix.Length..], StringComparison.OrdinalIgnoreCase)
        || (ConfigurationPath.GetParentPath(key) is { } parent && _lists.Contains(parent));
}
