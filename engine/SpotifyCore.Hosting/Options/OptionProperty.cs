using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SpotifyCore.Hosting.Options;

/// <summary>One option: a property of an options class, its key, and what people are told of it.</summary>
internal sealed class OptionProperty
{
    /// <summary>What stands for the value of a name that was given without one.</summary>
    public const string NoValue = "\0";

    private readonly PropertyInfo _property;

    public OptionProperty(PropertyInfo property, string section, object defaults)
    {
        _property = property;
        Key = section.Length == 0 ? property.Name : ConfigurationPath.Combine(section, property.Name);
        Name = $"--{OptionNames.OfCommandLine(Key)}";
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        IsRequired = property.GetCustomAttribute<RequiredAttribute>() is not null;
        Default = IsList || property.GetValue(defaults) is not { } value ? "" : OptionValue.Format(value, IsSize);
    }

    /// <summary>Its key in a settings file.</summary>
    public string Key { get; }

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>What it is, in a sentence for the operator; empty when nobody wrote one.</summary>
    public string Description { get; }

    /// <summary>What it is unless set, as one would write it; empty for nothing.</summary>
    public string Default { get; }

    public bool IsRequired { get; }

    public bool IsList => _property.PropertyType == typeof(string[]);

    /// <summary>What its value looks like.</summary>
    public string Form => OptionValue.NameOf(_property.PropertyType, IsSize);

    private bool IsSize => _property.Name.Contains("Bytes", StringComparison.Ordinal);

    /// <summary>Reads a text; <paramref name="problem"/> says why it can't be, else null.</summary>
    /// <param name="text">The value as it was written.</param>
    /// <param name="name">The option as it was written.</param>
    /// <param name="problem">A sentence.</param>
    public object? Parse(string text, string name, out string? problem)
    {
        var type = _property.PropertyType;
        problem = null;
        if (text == NoValue)
        {
            if (type == typeof(bool))
                return true;

            problem = $"{name} needs a value: {OptionValue.Describe(type, IsSize)}";
            return null;
        }

        if (OptionValue.Parse(type, text) is not { } value)
        {
            problem = $"{name} can't be '{text}': it must be {OptionValue.Describe(type, IsSize)}";
            return null;
        }

        problem = Refuse(value) is { } must ? $"{name} can't be '{text}': it must be {must}" : null;
        return value;
    }

    /// <summary>Why a value that must be there is not there; null when it is.</summary>
    public string? Missing(object options) =>
        IsRequired && _property.GetValue(options) is null or "" ? $"{Name} is needed ({Description.TrimEnd('.')})" : null;

    public void Set(object options, object? value) => _property.SetValue(options, value);

    private string? Refuse(object value)
    {
        if (value is TimeSpan { Ticks: <= 0 })
            return "longer than nothing";

        if (_property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            return $"{Format(range.Minimum)} to {Format(range.Maximum)}";

        var wrong = _property.GetCustomAttributes<ValidationAttribute>()
            .FirstOrDefault(rule => rule is not (RangeAttribute or RequiredAttribute) && !rule.IsValid(value));
        return wrong?.FormatErrorMessage(Name);
    }

    private string Format(object bound) =>
        OptionValue.Format(Convert.ToInt64(bound, CultureInfo.InvariantCulture), IsSize);
}
