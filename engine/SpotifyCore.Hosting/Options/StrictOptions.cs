using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using SpotifyCore.Content.Names;

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

    private readonly SortedDictionary<string, OptionProperty> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, string> _sections = [];
    private readonly List<string> _problems = [];

    /// <summary>True when the command line asks for the options instead of a run.</summary>
    public bool IsHelp => settings[CommandLine.HelpKey] is not null;

    /// <summary>The options that were claimed, those at the top first.</summary>
    internal IEnumerable<OptionProperty> Known =>
        _known.Values.OrderBy(static known => known.Key.Contains(':', StringComparison.Ordinal));

    /// <summary>Reads a new <typeparamref name="T"/> and claims its keys. What is wrong, <see cref="Check"/> says.</summary>
    /// <param name="section">Where its keys stand; empty for the top.</param>
    public T Read<[DynamicallyAccessedMembers(Bound)] T>(string section = "")
        where T : class, new()
    {
        Claim<T>(section);
        var options = new T();
        Apply(options, section);
        return options;
    }

    /// <summary>Sets what the settings mention and leaves the rest as it is.</summary>
    public void Apply<[DynamicallyAccessedMembers(Bound)] T>(T options, string section = "")
        where T : class
    {
        foreach (var option in Of<T>(section, options))
        {
            if (TryFind(option, [], out var value))
                option.Set(options, value);
        }
    }

    /// <summary>Claims the keys of <typeparamref name="T"/> and looks at what the settings say of them.</summary>
    public void Claim<[DynamicallyAccessedMembers(Bound)] T>(string section = "")
    {
        _sections.TryAdd(typeof(T), section);
        foreach (var option in Of<T>(section, Activator.CreateInstance<T>()!))
        {
            if (_known.TryAdd(option.Key, option))
                TryFind(option, _problems, out _);
        }
    }

    /// <summary>
    /// Throws when the settings hold a value that can't be, or a key that nobody claimed. Call when everything is
    /// claimed, and before anything is made.
    /// </summary>
    /// <exception cref="OptionsException">Names all that is wrong and where it stands.</exception>
    public void Check()
    {
        var unknown = settings.Providers
            .SelectMany(provider => Leaves(provider, null).Select(key => (Provider: provider, Key: key)))
            .Where(leaf => !IsKnown(leaf.Key))
            .Select(leaf => Unknown(OptionSources.NameOf(leaf.Provider, leaf.Key), leaf.Key));
        string[] wrong = [.. _problems, .. unknown];
        if (wrong.Length > 0)
            throw new OptionsException(string.Join("; ", wrong));
    }

    /// <summary>Throws when <paramref name="options"/>, wholly bound, lack what must be there.</summary>
    /// <exception cref="OptionsException">Names all that is missing.</exception>
    public void CheckComplete<[DynamicallyAccessedMembers(Bound)] T>(T options, string section = "")
        where T : class
    {
        var missing = Of<T>(section, options).Select(option => option.Missing(options)).OfType<string>().ToArray();
        if (missing.Length > 0)
            throw new OptionsException(string.Join("; ", missing));
    }

    /// <summary>
    /// An option as whoever set it wrote it: <c>--listen</c>, a variable of the environment, or its key and the
    /// settings file. One that nobody set is named as the command line has it.
    /// </summary>
    /// <param name="key">Its key in a settings file.</param>
    public string NameOf(string key) =>
        settings.Providers.LastOrDefault(provider => Mentions(provider, key)) is { } source
            ? OptionSources.NameOf(source, key)
            : $"--{OptionNames.OfCommandLine(key)}";

    /// <summary>
    /// What is wrong with <paramref name="options"/>, for who wrote them: a complaint that begins with the name of a
    /// property gets that of the option instead.
    /// </summary>
    internal string Explain(Type options, string complaint)
    {
        var end = complaint.IndexOfAny([' ', ':']);
        if (end < 0 || !_sections.TryGetValue(options, out var section))
            return complaint;

        var key = section.Length == 0 ? complaint[..end] : ConfigurationPath.Combine(section, complaint[..end]);
        return _known.TryGetValue(key, out var option) ? NameOf(option.Key) + complaint[end..] : complaint;
    }

    private static bool Mentions(IConfigurationProvider provider, string key) =>
        (provider.TryGet(key, out var value) && value is not null) || Leaves(provider, key).Any();

    private static IEnumerable<OptionProperty> Of<[DynamicallyAccessedMembers(Bound)] T>(
        string section, object defaults) =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.SetMethod is { IsPublic: true })
            .Select(property => new OptionProperty(property, section, defaults));

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

    private string Unknown(string written, string key)
    {
        var hint = NearestName.Of(key, _known.Keys) is { } nearest ? $"; did you mean {_known[nearest].Name}?" : "";
        return $"there is no option {written}{hint} (--help lists them)";
    }

    // The last source that mentions an option decides alone: lists are replaced, not merged by index.
    private bool TryFind(OptionProperty option, List<string> problems, out object? value)
    {
        foreach (var provider in settings.Providers.Reverse())
        {
            if (provider.TryGet(option.Key, out var text) && text is not null)
            {
                value = option.Parse(text, OptionSources.NameOf(provider, option.Key), out var problem);
                if (problem is not null)
                    problems.Add(problem);

                return problem is null;
            }

            var items = option.IsList
                ? Leaves(provider, option.Key).Select(leaf => provider.TryGet(leaf, out var item) ? item! : "").ToArray()
                : [];
            if (items.Length > 0)
            {
                value = items;
                return true;
            }
        }

        value = null;
        return false;
    }

    private bool IsKnown(string key) =>
        _known.ContainsKey(key)
        || key.Equals(CommandLine.HelpKey, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
        || (ConfigurationPath.GetParentPath(key) is { } parent
            && _known.TryGetValue(parent, out var list) && list.IsList);
}
