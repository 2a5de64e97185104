namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>Names a type that is nested in no other; what is nested in it is part of it.</summary>
/// <param name="Assembly">Name of the assembly that defines it.</param>
/// <param name="Namespace">Its namespace, which in this repository is its folder.</param>
/// <param name="Name">Its name as metadata has it, so with <c>`1</c> where it is generic.</param>
internal readonly record struct TypeName(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
