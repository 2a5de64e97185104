namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>Names all methods of one name that a type, with what is nested in it, has.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">Their name.</param>
internal readonly record struct MethodName(TypeName Type, string Name)
{
    public override string ToString() => $"{Type}.{Name}";
}
