using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.Hosting.Tests.Running;

public sealed class FailureTests
{
    [Fact]
    public void Describe_WhatOnlyAProgrammerReads_IsLeftOut()
    {
        Assert.Equal("No such thing.", Failure.Describe(new ArgumentException("No such thing.", "thing")));
        Assert.Equal("First. Second.", Failure.Describe(new IOException("First.\r\n  Second.\n")));
        Assert.Equal("a; b", Failure.Describe(new AggregateException(new IOException("a"), new IOException("b"), new IOException("a"))));
        Assert.Equal("why", Failure.Describe(new TypeInitializationException("Type", new IOException("why"))));
        Assert.Equal("x; y", Failure.Describe(new OptionsValidationException("n", typeof(object), ["x", "y"])));
    }

    [Fact]
    public void IsMisuse_SettingsAlone_AreToBlame()
    {
        var wrong = new OptionsValidationException("n", typeof(object), ["x"]);

        Assert.True(Failure.IsMisuse(new OptionsException("x")));
        Assert.True(Failure.IsMisuse(new AggregateException(wrong, wrong)));
        Assert.False(Failure.IsMisuse(new AggregateException(wrong, new IOException("x"))));
        Assert.False(Failure.IsMisuse(new IOException("x")));
    }
}
